package io.flamenco.manager.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.images.ImageOrders.OfferFiles;
import io.flamenco.manager.images.ImageOrders.WhichPicture;
import io.flamenco.manager.images.ImageOrders.WhichPreview;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestImageVerticleTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final List<LatestImageChanged> told = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Path target;

    @BeforeEach
    void start() {
        target = directory.resolve("latest").resolve("latest-image.jpg");
        bus.hear(Addresses.MANAGER_LATEST_IMAGE, told::add);
        vertx.deployVerticle(new LatestImageVerticle(vertx, bus, Clock.fixed(NOON, ZoneOffset.UTC), target))
                .await();
    }

    @Test
    void a_picture_that_appears_in_the_watched_directory_is_shown() throws IOException {
        // Given
        TickedTime time = new TickedTime(NOON);
        Path watched = Files.createDirectories(directory.resolve("watched"));
        vertx.deployVerticle(new ImageWatchVerticle(bus, time, watched)).await();
        Files.copy(picture("made elsewhere.png", 40, 30), watched.resolve("frame.png"));

        // When
        await().untilAsserted(() -> {
            time.tick(Duration.ofSeconds(2));
            assertThat(told).isNotEmpty();
        });

        // Then
        assertThat(told.getFirst().taskId()).isNull();
        assertThat(target).exists();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    void picture_of_a_worker_is_scaled_told_and_remembered() throws IOException {
        // Given
        Path render = picture("large.png", 3000, 1000);

        // When
        offer(render.toString());

        // Then
        await().untilAsserted(() -> assertThat(told)
                .containsExactly(
                        new LatestImageChanged("/latest-image.jpg?v=" + NOON.toEpochMilli(), null, "large.png", NOON)));
        BufferedImage shown = ImageIO.read(target.toFile());
        assertThat(shown.getWidth()).isEqualTo(1920);
        assertThat(shown.getHeight()).isEqualTo(640);
        assertThat(bus.ask(ImageOrders.LATEST, new WhichPicture()).await().picture())
                .isEqualTo(told.getFirst());
        Buffer small = bus.ask(ImageOrders.PREVIEW, new WhichPreview()).await().jpeg();
        assertThat(ImageIO.read(new ByteArrayInputStream(small.getBytes())).getWidth())
                .isEqualTo(320);
    }

    @Test
    void small_picture_keeps_its_size_and_a_huge_one_is_read_in_parts() throws IOException {
        offer(picture("small.jpg", 32, 20).toString());
        await().until(() -> told.size() == 1);
        assertThat(ImageIO.read(target.toFile()).getWidth()).isEqualTo(32);

        offer(picture("huge.png", 9000, 9000).toString());
        await().until(() -> told.size() == 2);
        assertThat(ImageIO.read(target.toFile()).getHeight()).isEqualTo(1080);
    }

    @Test
    void what_is_no_picture_is_left_alone_and_the_next_one_is_shown() throws IOException {
        // Given
        Path liar = Files.writeString(directory.resolve("liar.png"), "not a picture at all");
        Path empty = Files.writeString(directory.resolve("empty.jpg"), "");
        Path folder = Files.createDirectory(directory.resolve("folder.png"));
        Path device = Files.createSymbolicLink(directory.resolve("device.png"), Path.of("/dev/zero"));
        Path good = picture("good.png", 64, 64);

        // When
        for (Path hostile : List.of(liar, empty, folder, device, directory.resolve("missing.png"))) {
            offer(hostile.toString());
        }
        offer("relative.png");
        offer("-option.png", "nul\0byte.png", "/etc/passwd", "/film.mp4");
        offer(good.toString());

        // Then
        await().until(() -> !told.isEmpty());
        assertThat(told).hasSize(1);
        assertThat(ImageIO.read(target.toFile()).getWidth()).isEqualTo(64);
        assertThat(target.getParent()).isDirectoryNotContaining("glob:**.picture-*");
    }

    @Test
    void picture_of_before_a_restart_is_still_known() throws IOException {
        offer(picture("one.png", 64, 64).toString());
        await().until(() -> !told.isEmpty());

        Vertx restarted = Vertx.vertx();
        FarmBus otherBus = new FarmBus(restarted);
        restarted
                .deployVerticle(new LatestImageVerticle(restarted, otherBus, Clock.systemUTC(), target))
                .await();

        assertThat(otherBus.ask(ImageOrders.LATEST, new WhichPicture()).await().picture())
                .isNotNull();
        restarted.close().await();
    }

    @Test
    void only_the_newest_of_those_that_wait_is_looked_at() {
        WaitingFiles waiting = new WaitingFiles();
        WorkerId worker = WorkerId.next();
        for (int n = 0; n < 8; n++) {
            WaitingFiles.Produced file = new WaitingFiles.Produced(worker, n + ".png");
            assertThat(waiting.add(file).isPresent()).isEqualTo(n >= 3);
        }

        assertThat(waiting.takeNewest())
                .hasValueSatisfying(file -> assertThat(file.path()).isEqualTo("7.png"));
        assertThat(waiting.takeNewest()).isEmpty();
    }

    private void offer(String... paths) {
        bus.ask(ImageOrders.OFFER_FILES, new OfferFiles(WorkerId.next(), List.of(paths)))
                .await();
    }

    private Path picture(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = image.createGraphics();
        drawing.setColor(Color.ORANGE);
        drawing.fillRect(0, 0, width / 2, height / 2);
        drawing.dispose();
        Path file = directory.resolve(name);
        ImageIO.write(image, PictureFormats.extension(name), file.toFile());
        return file;
    }
}

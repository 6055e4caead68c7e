package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.http.HttpFixture.Answer;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageRoutesTest {

    private final HttpFixture http = new HttpFixture();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));

    @TempDir
    private Path directory;

    private Path picture;

    @BeforeEach
    void start() {
        picture = directory.resolve("latest-image.jpg");
        http.serve(vertx -> router -> {
            new ImageRoutes(vertx, picture).addTo(router);
            new ImageWatchRoutes(http.bus, time).addTo(router);
        });
    }

    @AfterEach
    void end() {
        http.stop();
    }

    @Test
    void picture_is_sent_once_there_is_one() throws IOException {
        assertThat(http.get("/latest-image.jpg?v=1").status()).isEqualTo(404);

        Files.write(picture, new byte[] {1, 2, 3});
        Answer answer = http.get("/latest-image.jpg?v=2");

        assertThat(answer.body().getBytes()).containsExactly(1, 2, 3);
        assertThat(answer.headers().get("Content-Type")).isEqualTo("image/jpeg");
        String modified = answer.headers().get("Last-Modified");
        assertThat(http.get("/latest-image.jpg", Map.of("If-Modified-Since", modified))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void watching_page_is_welcomed_told_of_a_new_picture_and_kept_alive() {
        // Given
        List<String> stream = new CopyOnWriteArrayList<>();
        HttpClient client = http.vertx.createHttpClient();
        HttpClientResponse response = client.request(HttpMethod.GET, http.port(), "localhost", "/imagewatch")
                .compose(request ->
                        request.send().onSuccess(opened -> opened.handler(part -> stream.add(part.toString()))))
                .await();
        assertThat(response.getHeader("Content-Type")).isEqualTo("text/event-stream");
        await().until(() -> String.join("", stream).startsWith("event: notification\ndata: "));

        // When
        http.bus.tell(Addresses.MANAGER_LATEST_IMAGE, new LatestImageChanged("/x", null, "x.png", time.instant()));

        // Then
        await().until(() -> String.join("", stream).contains("event: image\ndata: latest-image.jpg\n\n"));
        time.tick(Duration.ofSeconds(20));
        await().until(() -> String.join("", stream).endsWith(": still here\n\n"));
        client.close().await();
    }
}

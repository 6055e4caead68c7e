package io.flamenco.manager.shaman.blocking;

import static io.flamenco.manager.shaman.blocking.StoreUnderTest.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.shaman.blocking.GarbageCollector.Report;
import io.flamenco.manager.shaman.domain.CheckoutDefinition;
import io.flamenco.manager.shaman.domain.CheckoutId;
import io.flamenco.manager.shaman.domain.FileKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectorTest {

    private static final Duration OLD = StoreUnderTest.MAX_AGE.plusDays(1);

    @TempDir
    Path directory;

    private Path extra;
    private Shaman shaman;
    private GarbageCollector collector;

    @BeforeEach
    void open() throws IOException {
        extra = Files.createDirectories(directory.resolve("extra"));
        shaman = StoreUnderTest.open(directory, extra);
        collector = shaman.collector();
    }

    @AfterEach
    void close() throws IOException {
        shaman.close();
    }

    @Test
    void only_files_past_the_age_are_old() throws IOException {
        assertThat(StoreUnderTest.MAX_AGE).isGreaterThan(Duration.ofMinutes(10));
        stored(shaman, "fresh", Duration.ZERO);
        stored(shaman, "not yet", StoreUnderTest.MAX_AGE.minusHours(1));
        assertThat(collector.oldFiles()).isEmpty();

        Path one = stored(shaman, "one", OLD);
        Path two = stored(shaman, "two", OLD.plusDays(9));
        Path three = stored(shaman, "three", OLD);

        assertThat(collector.oldFiles())
                .containsOnly(
                        Map.entry(one, Files.getLastModifiedTime(one)),
                        Map.entry(two, Files.getLastModifiedTime(two)),
                        Map.entry(three, Files.getLastModifiedTime(three)));
    }

    @Test
    void links_keep_what_they_point_to() throws IOException {
        Path here = stored(shaman, "here", OLD);
        Path there = stored(shaman, "there", OLD);
        Path nowhere = stored(shaman, "nowhere", OLD);
        Map<Path, FileTime> old = collector.oldFiles();
        assertThat(collector.keepLinked(directory.resolve("jobs"), old)).isZero();
        assertThat(old).containsOnlyKeys(here, there, nowhere);

        link(directory.resolve("jobs/er/jemoeder/a/link"), here);
        link(extra.resolve("deep/link"), there);

        assertThat(collector.keepLinked(directory.resolve("jobs"), old)).isEqualTo(1);
        assertThat(collector.keepLinked(extra, old)).isEqualTo(1);
        assertThat(old).containsOnlyKeys(nowhere);
    }

    @Test
    void file_touched_since_it_was_found_stays() throws IOException {
        Path unused = stored(shaman, "unused", OLD);
        Path touched = stored(shaman, "touched", OLD);
        Map<Path, FileTime> old = collector.oldFiles();
        Files.setLastModifiedTime(touched, FileTime.from(Clock.systemUTC().instant()));

        assertThat(collector.remove(old, true).files()).isEqualTo(1);
        assertThat(unused).exists();
        assertThat(collector.remove(old, false).files()).isEqualTo(1);

        assertThat(touched).exists();
        assertThat(unused.getParent()).doesNotExist();
        assertThat(directory.resolve("file-store/stored")).isDirectory();
    }

    @Test
    void full_run_removes_only_unlinked_old_files_and_a_dry_one_nothing() throws IOException {
        Path linked = stored(shaman, "linked", OLD);
        Path linkedElsewhere = stored(shaman, "linked elsewhere", OLD);
        Path one = stored(shaman, "one", OLD);
        Path two = stored(shaman, "two", OLD);
        Path fresh = stored(shaman, "fresh", Duration.ZERO);
        link(directory.resolve("jobs/er/jemoeder/link"), linked);
        link(extra.resolve("link"), linkedElsewhere);

        Report dry = collector.run(true);

        assertThat(dry).isEqualTo(new Report(4, 2, 2, 2, 6));
        assertThat(one).exists();
        assertThat(two).exists();
        assertThat(collector.run(false)).isEqualTo(dry);
        assertThat(one).doesNotExist();
        assertThat(two).doesNotExist();
        assertThat(linked).exists();
        assertThat(linkedElsewhere).exists();
        assertThat(fresh).exists();
        assertThat(dry)
                .hasToString("old files: 4, links checked: 2, still used: 2, touched meanwhile: 0, deleted: 2,"
                        + " freed: 6 B");
    }

    @Test
    void store_reached_through_a_link_keeps_what_is_used() throws IOException {
        Path real = Files.createDirectories(directory.resolve("real"));
        Path alias = Files.createSymbolicLink(directory.resolve("alias"), real);
        try (Shaman aliased = StoreUnderTest.open(alias)) {
            Path used = stored(aliased, "used", OLD);
            FileKey key = StoreUnderTest.key("used");
            String line = key.checksum() + " " + key.size() + " a/b.txt";
            aliased.checkouts().create(new CheckoutId("job1"), CheckoutDefinition.parse(line));
            Files.setLastModifiedTime(
                    used, FileTime.from(Clock.systemUTC().instant().minus(OLD)));

            assertThat(aliased.collector().run(false)).isEqualTo(new Report(1, 1, 1, 0, 0));
            assertThat(used).exists();
        }
    }

    @Test
    void nothing_is_removed_when_a_directory_of_links_is_missing() throws IOException {
        Path unused = stored(shaman, "unused", OLD);
        Files.delete(extra);

        assertThatThrownBy(() -> collector.run(false)).isInstanceOf(NoSuchFileException.class);

        assertThat(unused).exists();
    }

    @Test
    void nothing_is_removed_when_a_link_cannot_be_followed() throws IOException {
        Path unused = stored(shaman, "unused", OLD);
        link(extra.resolve("around"), extra.resolve("around"));

        assertThatThrownBy(() -> collector.run(false)).isInstanceOf(IOException.class);

        assertThat(unused).exists();
    }

    @Test
    void nothing_is_removed_by_an_interrupted_run() throws Exception {
        Path unused = stored(shaman, "unused", OLD);
        Files.writeString(extra.resolve("something to look at"), "");

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> collector.run(false)).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(unused).exists();
    }

    @Test
    void dangling_link_keeps_nothing_and_stops_nothing() throws IOException {
        Path unused = stored(shaman, "unused", OLD);
        link(extra.resolve("dangling"), extra.resolve("nothing"));

        collector.run(false);

        assertThat(unused).doesNotExist();
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createDirectories(link.resolveSibling(""));
        Files.createSymbolicLink(link, target);
    }
}

package io.flamenco.manager.shaman.blocking;

import static io.flamenco.manager.shaman.blocking.StoreUnderTest.key;
import static io.flamenco.manager.shaman.blocking.StoreUnderTest.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.shaman.blocking.Checkouts.Outcome;
import io.flamenco.manager.shaman.domain.CheckoutDefinition;
import io.flamenco.manager.shaman.domain.CheckoutId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutsTest {

    private static final Duration LONG_AGO = Duration.ofDays(100);
    private static final CheckoutId ID = new CheckoutId("jemoeder");

    @TempDir
    Path directory;

    @Test
    void linked_file_is_touched_also_when_its_directory_is_there_already() throws IOException {
        try (Shaman shaman = StoreUnderTest.open(directory)) {
            Path one = stored(shaman, "one", LONG_AGO);
            Path two = stored(shaman, "two", LONG_AGO);

            Outcome outcome = shaman.checkouts().create(ID, definition("one", "sub/one", "two", "sub/two"));

            assertThat(outcome).isEqualTo(new Outcome.Created("er/jemoeder"));
            Path link = directory.resolve("jobs/er/jemoeder/sub/one");
            assertThat(link).isSymbolicLink().hasContent("one");
            assertThat(Files.readSymbolicLink(link)).isEqualTo(one);
            assertThat(StoreUnderTest.age(one)).isLessThan(Duration.ofMinutes(1));
            assertThat(StoreUnderTest.age(two)).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void relative_links_stay_right_when_everything_is_mounted_elsewhere() throws IOException {
        Path studio = Files.createDirectory(directory.resolve("studio"));
        try (Shaman shaman = Shaman.open(StoreUnderTest.settings(studio, true), Clock.systemUTC())) {
            stored(shaman, "one", LONG_AGO);
            shaman.checkouts().create(ID, definition("one", "a/b/one.txt"));
        }

        Path elsewhere = Files.move(studio, directory.resolve("elsewhere"));

        Path link = elsewhere.resolve("jobs/er/jemoeder/a/b/one.txt");
        assertThat(Files.readSymbolicLink(link)).isRelative();
        assertThat(link).hasContent("one");
    }

    @Test
    void missing_files_are_named_each_time_they_occur_and_nothing_is_made() throws IOException {
        try (Shaman shaman = StoreUnderTest.open(directory)) {
            stored(shaman, "one", LONG_AGO);

            Outcome outcome = shaman.checkouts().create(ID, definition("one", "one", "no", "first", "no", "second"));

            assertThat(outcome).isEqualTo(new Outcome.Missing(List.of("first", "second")));
            assertThat(directory.resolve("jobs")).isEmptyDirectory();
        }
    }

    @Test
    void name_is_given_once_however_many_ask_for_it_at_the_same_time() throws Exception {
        try (Shaman shaman = StoreUnderTest.open(directory);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            stored(shaman, "one", LONG_AGO);
            List<Callable<Outcome>> all = IntStream.range(0, 16)
                    .mapToObj(i ->
                            (Callable<Outcome>) () -> shaman.checkouts().create(ID, definition("one", "path of " + i)))
                    .toList();

            List<Future<Outcome>> outcomes = threads.invokeAll(all);

            assertThat(outcomes)
                    .extracting(Future::resultNow)
                    .filteredOn(outcome -> outcome instanceof Outcome.Created)
                    .hasSize(1);
            assertThat(directory.resolve("jobs/er/jemoeder")).isDirectoryContaining("glob:**path of *");
            assertThat(directory.resolve("jobs/.building")).isEmptyDirectory();
        }
    }

    @Test
    void empty_definition_makes_an_empty_checkout_which_keeps_its_name() throws IOException {
        try (Shaman shaman = StoreUnderTest.open(directory)) {
            assertThat(shaman.checkouts().create(ID, definition())).isInstanceOf(Outcome.Created.class);
            assertThat(directory.resolve("jobs/er/jemoeder")).isEmptyDirectory();
            assertThat(shaman.checkouts().create(ID, definition())).isInstanceOf(Outcome.NameTaken.class);
        }
    }

    @Test
    void what_was_being_built_is_gone_after_a_restart() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("jobs/.building/abc~1/sub"));
        Files.createSymbolicLink(tree.resolve("link"), directory);

        StoreUnderTest.open(directory).close();

        assertThat(directory.resolve("jobs/.building")).isEmptyDirectory();
        assertThat(directory).isNotEmptyDirectory();
    }

    private static CheckoutDefinition definition(String... contentsAndPaths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < contentsAndPaths.length; i += 2) {
            text.append(key(contentsAndPaths[i]).checksum())
                    .append(' ')
                    .append(key(contentsAndPaths[i]).size())
                    .append(' ')
                    .append(contentsAndPaths[i + 1])
                    .append('\n');
        }
        return CheckoutDefinition.parse(text.toString());
    }
}

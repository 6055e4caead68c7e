package io.flamenco.worker.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checks before each task. A user with all rights can write anywhere, so paths that are impossible for everybody stand
 * in for those without permission.
 */
class PathProbeTest {

    private Path here;
    private Path file;

    @BeforeEach
    void makeFile(@TempDir Path temporary) throws Exception {
        here = temporary;
        file = Files.writeString(here.resolve("file"), "content");
    }

    @Test
    void catalogue_15_16_17_what_cannot_be_written_is_a_problem() {
        assertThat(writing(file.resolve("impossible")))
                .hasValueSatisfying(
                        problem -> assertThat(problem).startsWith("cannot write " + file.resolve("impossible")));
        assertThat(writing(here.resolve("missing/file"))).isPresent();
        assertThat(file).hasContent("content");
        assumeTrue(
                Files.isDirectory(Path.of("/proc/self")), "Linux has places that nobody may write to, not even root");
        assertThat(writing(Path.of("/proc"))).as("a directory").isPresent();
        assertThat(writing(Path.of("/proc/new"))).as("a new file in it").isPresent();
    }

    @Test
    void catalogue_20_21_what_only_others_may_read_is_a_problem() throws Exception {
        Path directory = Files.createDirectory(here.resolve("directory"));
        Files.setPosixFilePermissions(directory, Set.of());
        Files.setPosixFilePermissions(file, Set.of());
        assumeTrue(!System.getProperty("user.name").equals("root"), "root may read everything");

        assertThat(reading(directory)).isPresent();
        assertThat(reading(file)).isPresent();
        assertThat(file).exists();
    }

    @Test
    void catalogue_18_a_new_file_is_tried_and_gone_again() {
        assertThat(writing(here.resolve("new"))).isEmpty();
        assertThat(here.resolve("new")).doesNotExist();
    }

    @Test
    void catalogue_19_an_existing_file_stays_as_it_is() {
        assertThat(writing(file)).isEmpty();
        assertThat(file).hasContent("content");
    }

    @Test
    void a_directory_is_tried_and_left_as_it_was() {
        assertThat(writing(here)).isEmpty();
        assertThat(here.toFile().list()).containsExactly("file");
    }

    @Test
    void catalogue_20_21_22_what_cannot_be_read_is_a_problem() {
        assertThat(reading(here.resolve("missing"))).isPresent();
        assertThat(reading(file.resolve("impossible"))).isPresent();
        assertThat(reading(Path.of("/proc/self/mem")))
                .as("a file that gives nothing")
                .isPresent();
        assertThat(reading(file)).isEmpty();
        assertThat(reading(here)).isEmpty();
    }

    private static Optional<String> reading(Path path) {
        return PathProbe.firstProblem(new PreTaskCheck(List.of(path), List.of()));
    }

    private static Optional<String> writing(Path path) {
        return PathProbe.firstProblem(new PreTaskCheck(List.of(), List.of(path)));
    }
}

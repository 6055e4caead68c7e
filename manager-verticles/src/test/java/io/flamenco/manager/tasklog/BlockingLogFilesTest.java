package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.tasklog.BlockingLogFiles.Grown;
import io.flamenco.manager.tasklog.BlockingLogFiles.Outcome;
import io.flamenco.shared.id.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockingLogFilesTest {

    private static final TaskId TASK = TaskId.next();

    private Path directory;
    private Path file;
    private final BlockingLogFiles files = new BlockingLogFiles(false);

    @BeforeEach
    void choose_a_file_in_a_directory_that_is_missing(@TempDir Path temporary) {
        directory = temporary;
        file = directory.resolve("job-5852").resolve("5852").resolve("task-1.txt");
    }

    @Test
    void text_is_added_with_the_line_break_that_it_lacks() throws IOException {
        Outcome first = carryOut(append("one\ntwo"));
        Outcome second = carryOut(append("thré\n"));

        assertThat(Files.readString(file)).isEqualTo("one\ntwo\nthré\n");
        assertThat(first.grown()).containsExactly(new Grown(0, 8, "one\ntwo\n"));
        assertThat(second.grown()).containsExactly(new Grown(8, 14, "thré\n"));
    }

    @Test
    void texts_that_follow_each_other_are_written_as_one() {
        LogWork work = new LogWork(TASK, file);
        work.append("a");
        work.append("b\n");
        work.append("");

        assertThat(carryOut(work).grown()).containsExactly(new Grown(0, 4, "a\nb\n"));
    }

    @Test
    void empty_text_makes_no_file() {
        carryOut(append(""));

        assertThat(file).doesNotExist();
    }

    @Test
    void rotation_between_texts_happens_in_its_place() throws IOException {
        // Given
        carryOut(append("first run"));
        LogWork work = new LogWork(TASK, file);
        work.append("end of first run");
        work.rotate();
        work.append("second run");

        // When
        Outcome outcome = carryOut(work);

        // Then
        assertThat(Files.readString(file)).isEqualTo("second run\n");
        assertThat(Files.readString(sibling(".1"))).isEqualTo("first run\nend of first run\n");
        assertThat(outcome.grown())
                .containsExactly(new Grown(10, 27, "end of first run\n"), new Grown(0, 11, "second run\n"));
    }

    @Test
    void rotation_moves_older_logs_up_and_drops_the_stale_compressed_copy() throws IOException {
        // Given
        carryOut(append("newest"));
        Files.writeString(sibling(".1"), "older");
        Files.writeString(sibling(".3"), "oldest");
        Files.writeString(sibling(".gz"), "stale");

        // When
        carryOut(rotation());

        // Then
        assertThat(file).doesNotExist();
        assertThat(sibling(".gz")).doesNotExist();
        assertThat(Files.readString(sibling(".1"))).isEqualTo("newest\n");
        assertThat(Files.readString(sibling(".2"))).isEqualTo("older");
        assertThat(Files.readString(sibling(".4"))).isEqualTo("oldest");
    }

    @Test
    void rotation_of_nothing_does_nothing() throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(sibling(".1"), "old");

        assertThat(carryOut(rotation()).failures()).isEmpty();

        assertThat(sibling(".1")).exists();
    }

    @Test
    void name_of_the_directory_is_not_taken_for_a_pattern() throws IOException {
        file = directory.resolve("logs [a-z]*").resolve("task-1.txt");
        carryOut(append("first"));

        carryOut(rotation());

        assertThat(Files.readString(sibling(".1"))).isEqualTo("first\n");
    }

    @Test
    void text_that_is_forced_to_the_disk_is_written_and_rotated_the_same_way() throws IOException {
        LogWork work = new LogWork(TASK, file);
        work.append("first run");
        work.rotate();
        work.append("second run");
        LogWork rotatedAway = new LogWork(TASK, directory.resolve("task-2.txt"));
        rotatedAway.append("only run");
        rotatedAway.rotate();

        List<Outcome> outcomes = new BlockingLogFiles(true).carryOut(List.of(work, rotatedAway));

        assertThat(outcomes).allMatch(outcome -> outcome.failures().isEmpty());
        assertThat(Files.readString(file)).isEqualTo("second run\n");
        assertThat(Files.readString(sibling(".1"))).isEqualTo("first run\n");
        assertThat(directory.resolve("task-2.txt.1")).hasContent("only run\n");
    }

    @Test
    void failure_on_one_file_leaves_the_others_alone() throws IOException {
        // Given
        Files.writeString(directory.resolve("not-a-directory"), "");
        LogWork impossible =
                new LogWork(TASK, directory.resolve("not-a-directory").resolve("task-2.txt"));
        impossible.append("refused");
        impossible.rotate();
        impossible.append("waits for what is before it");

        // When
        List<Outcome> outcomes = files.carryOut(List.of(impossible, append("kept")));

        // Then
        assertThat(outcomes.get(0).failures()).hasSize(1);
        assertThat(outcomes.get(0).left().steps()).hasSize(3);
        assertThat(outcomes.get(1).left().steps()).isEmpty();
        assertThat(outcomes.get(1).failures()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("kept\n");
    }

    private Outcome carryOut(LogWork work) {
        return files.carryOut(List.of(work)).getFirst();
    }

    private LogWork append(String text) {
        LogWork work = new LogWork(TASK, file);
        work.append(text);
        return work;
    }

    private LogWork rotation() {
        LogWork work = new LogWork(TASK, file);
        work.rotate();
        return work;
    }

    private Path sibling(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}

package io.flamenco.worker.blocking.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.CommandTrial;
import io.flamenco.worker.blocking.Commands;
import io.flamenco.worker.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that move files about; the numbers are those of the original's catalogue of tests. */
class CommandsOfFilesTest {

    private static final Instant CHANGED = Instant.ofEpochSecond(1330712292);
    private static final String STAMP = "-2012-03-02_191812";

    private final Commands commands =
            Commands.of(new BuiltInCommands(OperatingSystem.LINUX, ZoneId.of("Europe/Amsterdam")).commands());
    private final CommandTrial trial = CommandTrial.real();
    private Path here;

    @BeforeEach
    void nameDirectory(@TempDir Path temporary) {
        here = temporary;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"copy_file", "move_to_final", "move_with_counter"})
    void catalogue_66_source_and_destination_must_be_filled_texts(String name) throws Exception {
        assertInvalid(name, Map.of("src", 47, "dest", "x"), "\"src\" must be a string");
        assertInvalid(name, Map.of("src", "", "dest", "x"), "\"src\" may not be empty");
        assertInvalid(name, Map.of("dest", "x"), "Missing \"src\"");
        assertInvalid(name, Map.of("src", "x"), "Missing \"dest\"");
        assertInvalid(name, Map.of("src", "x", "dest", ""), "\"dest\" may not be empty");
        trial.check(command(name), Map.of("src", "same", "dest", "same"));
    }

    @Test
    void catalogue_67_copying_a_missing_file_fails_and_makes_nothing() {
        Path to = here.resolve("deep/copy.txt");

        assertThatThrownBy(() -> run("copy_file", here.resolve("missing"), to)).isInstanceOf(CommandFailure.class);

        assertThat(to.getParent()).doesNotExist();
    }

    @Test
    void catalogue_68_a_copy_has_the_content_and_permissions_of_its_source() throws Exception {
        Path from = Files.writeString(here.resolve("from.txt"), "content");
        Files.setPosixFilePermissions(from, PosixFilePermissions.fromString("r-xr-----"));
        Path to = here.resolve("to.txt");

        run("copy_file", from, to);

        assertThat(to).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("r-xr-----");
        assertThat(trial.produced()).containsExactly(to);
        assertThat(here).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void catalogue_69_a_missing_source_leaves_the_destination_as_it_was() throws Exception {
        Path to = Files.writeString(here.resolve("to.txt"), "old");

        assertThatThrownBy(() -> run("copy_file", here.resolve("missing"), to)).isInstanceOf(CommandFailure.class);

        assertThat(to).hasContent("old");
    }

    @Test
    void catalogue_70_an_existing_destination_is_overwritten() throws Exception {
        Path from = Files.writeString(here.resolve("from.txt"), "new");
        Path to = Files.writeString(here.resolve("to.txt"), "old and longer");

        run("copy_file", from, to);

        assertThat(to).hasContent("new");
    }

    @Test
    void catalogue_71_missing_directories_are_made() throws Exception {
        Path from = Files.writeString(here.resolve("from.txt"), "content");
        Path to = here.resolve("a/b/to.txt");

        run("copy_file", from, to);

        assertThat(to).hasContent("content");
        assertThat(trial.log()).contains("copy_file: Directory " + to.getParent() + " does not exist; creating.");
    }

    @Test
    void copying_a_file_to_itself_leaves_it_alone() throws Exception {
        Path file = Files.writeString(here.resolve("file.txt"), "precious");

        run("copy_file", file, file);

        assertThat(file).hasContent("precious");
    }

    @Test
    void a_file_is_not_copied_onto_a_directory() throws Exception {
        Path from = Files.writeString(here.resolve("from.txt"), "content");
        Path directory = Files.createDirectory(here.resolve("directory"));

        assertThatThrownBy(() -> run("copy_file", from, directory)).isInstanceOf(CommandFailure.class);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void catalogue_72_a_python_file_needs_a_name_and_may_be_empty() throws Exception {
        String name = "create_python_file";
        assertInvalid(name, Map.of("filepath", 1, "contents", ""), "\"filepath\" must be a string");
        assertInvalid(name, Map.of("filepath", "", "contents", ""), "\"filepath\" may not be empty");
        assertInvalid(name, Map.of("filepath", "x.txt", "contents", ""), ".py");
        assertInvalid(name, Map.of("contents", ""), "Missing \"filepath\"");
        assertInvalid(name, Map.of("filepath", "x.py"), "Missing \"contents\"");
        trial.check(command(name), Map.of("filepath", "x.py", "contents", ""));
    }

    @Test
    void catalogue_73_the_directory_of_a_python_file_is_made() throws Exception {
        Path file = here.resolve("missing/overrides.py");

        trial.run(command("create_python_file"), Map.of("filepath", file.toString(), "contents", "import bpy"));

        assertThat(file).hasContent("import bpy");
    }

    @Test
    void catalogue_74_an_existing_python_file_is_overwritten_in_utf_8() throws Exception {
        Path file = Files.writeString(here.resolve("overrides.py"), "old");

        trial.run(command("create_python_file"), Map.of("filepath", file.toString(), "contents", "# ‘Ĉu’\n"));

        assertThat(Files.readString(file)).isEqualTo("# ‘Ĉu’\n");
    }

    @Test
    void catalogue_75_nothing_is_in_the_way_of_a_missing_path() throws Exception {
        trial.run(
                command("move_out_of_way"),
                Map.of("src", here.resolve("missing").toString()));

        assertThat(here).isEmptyDirectory();
    }

    @Test
    void catalogue_76_a_directory_is_moved_out_of_the_way_under_the_time_of_its_change() throws Exception {
        Path directory = Files.createDirectory(here.resolve("existing-dir"));
        Files.createFile(directory.resolve("inside"));
        Files.setLastModifiedTime(directory, FileTime.from(CHANGED));

        trial.run(command("move_out_of_way"), Map.of("src", directory.toString()));

        assertThat(directory).doesNotExist();
        assertThat(here.resolve("existing-dir" + STAMP + "/inside")).exists();
    }

    @Test
    void catalogue_77_a_file_is_moved_out_of_the_way_under_the_time_of_its_change() throws Exception {
        Path file = changed(Files.writeString(here.resolve("file.txt"), "content"));

        trial.run(command("move_out_of_way"), Map.of("src", file.toString()));

        assertThat(here.resolve("file.txt" + STAMP)).hasContent("content");
    }

    @Test
    void catalogue_78_a_taken_name_gets_the_next_counter() throws Exception {
        Path file = changed(Files.writeString(here.resolve("existing-dir"), "newest"));
        Path taken = Files.writeString(here.resolve("existing-dir" + STAMP), "1");
        Path second = Files.writeString(here.resolve("existing-dir" + STAMP + "~2"), "2");
        Path fourth = Files.writeString(here.resolve("existing-dir" + STAMP + "~4"), "4");

        trial.run(command("move_out_of_way"), Map.of("src", file.toString()));

        assertThat(here.resolve("existing-dir" + STAMP + "~5")).hasContent("newest");
        assertThat(taken).hasContent("1");
        assertThat(second).hasContent("2");
        assertThat(fourth).hasContent("4");
    }

    @Test
    void catalogue_79_nothing_becomes_final_without_a_source() throws Exception {
        run("move_to_final", here.resolve("missing"), here.resolve("final"));

        assertThat(here).isEmptyDirectory();
    }

    @Test
    void catalogue_80_what_was_final_before_is_kept_under_the_time_of_its_change() throws Exception {
        Path from = Files.createDirectory(here.resolve("from"));
        Files.writeString(from.resolve("new.txt"), "new");
        Path to = here.resolve("final");
        Files.createDirectories(to.resolve("deep"));
        Files.writeString(to.resolve("deep/old.txt"), "old");
        Files.setLastModifiedTime(to, FileTime.from(CHANGED.plusMillis(20)));

        run("move_to_final", from, to);

        assertThat(from).doesNotExist();
        assertThat(here.resolve("final/new.txt")).hasContent("new");
        assertThat(here.resolve("final" + STAMP + "/deep/old.txt")).hasContent("old");
    }

    @Test
    void catalogue_81_without_an_earlier_result_there_is_no_backup() throws Exception {
        Path from = Files.writeString(here.resolve("from"), "new");

        run("move_to_final", from, here.resolve("final"));

        assertThat(here.toFile().list()).containsExactly("final");
    }

    @Test
    void catalogue_82_a_counter_goes_behind_a_date() throws Exception {
        Files.createFile(here.resolve("2018_06_12_001-spring.mkv"));
        Files.createFile(here.resolve("2018_06_12_004-spring.mkv"));
        Path from = Files.writeString(here.resolve("video.mkv"), "film");

        run("move_with_counter", from, here.resolve("2018_06_12-spring.mkv"));

        assertThat(here.resolve("2018_06_12_005-spring.mkv")).hasContent("film");
        assertThat(trial.produced()).containsExactly(here.resolve("2018_06_12_005-spring.mkv"));
    }

    @Test
    void catalogue_83_a_counter_goes_before_the_extension() throws Exception {
        Path from = Files.writeString(here.resolve("video.mkv"), "film");

        run("move_with_counter", from, here.resolve("jemoeder.mkv"));

        assertThat(here.resolve("jemoeder_001.mkv")).hasContent("film");
    }

    @Test
    void names_without_an_extension_and_with_odd_characters_are_counted_too() throws Exception {
        Files.createFile(here.resolve("film[1]_007"));
        Path from = Files.writeString(here.resolve("video"), "film");

        run("move_with_counter", from, here.resolve("film[1]"));

        assertThat(here.resolve("film[1]_008")).hasContent("film");
    }

    @Test
    void catalogue_84_88_what_to_delete_must_be_told() {
        for (String name : new String[] {"remove_file", "remove_tree"}) {
            assertInvalid(name, Map.of("path", 3), "\"path\" must be a string");
            assertInvalid(name, Map.of("path", ""), "\"path\" may not be empty");
            assertInvalid(name, Map.of(), "Missing \"path\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove_file", "remove_tree"})
    void catalogue_85_89_deleting_what_is_not_there_succeeds(String name) throws Exception {
        trial.run(command(name), Map.of("path", here.resolve("missing").toString()));

        assertThat(trial.log()).anyMatch(line -> line.contains("does not exist"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove_file", "remove_tree"})
    void catalogue_86_90_a_file_is_deleted(String name) throws Exception {
        Path file = Files.createFile(here.resolve("file"));

        trial.run(command(name), Map.of("path", file.toString()));

        assertThat(file).doesNotExist();
    }

    @Test
    void catalogue_87_a_directory_is_no_file_to_delete() throws Exception {
        Path directory = Files.createDirectory(here.resolve("directory"));

        assertThatThrownBy(() -> trial.run(command("remove_file"), Map.of("path", directory.toString())))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("remove_tree");
        assertThat(directory).exists();
    }

    @Test
    void catalogue_91_92_a_tree_is_deleted_but_not_what_links_in_it_lead_to() throws Exception {
        Path outside = Files.createDirectory(here.resolve("outside"));
        Path kept = Files.createFile(outside.resolve("kept"));
        Path tree = here.resolve("tree");
        Files.createDirectories(tree.resolve("a/b"));
        Files.createFile(tree.resolve("a/b/file"));
        Files.createSymbolicLink(tree.resolve("link"), outside);

        trial.run(command("remove_tree"), Map.of("path", tree.toString()));

        assertThat(tree).doesNotExist();
        assertThat(kept).exists();
    }

    private static Path changed(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    }

    private void run(String name, Path from, Path to) throws Exception {
        trial.run(command(name), Map.of("src", from.toString(), "dest", to.toString()));
    }

    private void assertInvalid(String name, Map<String, ?> settings, String message) {
        assertThatThrownBy(() -> trial.check(command(name), settings))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(message);
    }

    private WorkerCommand command(String name) {
        return commands.named(name).orElseThrow();
    }
}

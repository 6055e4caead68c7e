package io.flamenco.worker.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of all commands is made from what they say of themselves. */
class CommandsPageTest {

    private static final Path PAGE = Path.of("../docs/worker-commands.md");

    private static final String HEAD = """
            # The commands of a Worker

            This page is made by a test from what the commands say of themselves. A task is a list of such commands with
            their settings. A path is one that the Worker's machine understands. Whatever a command does not know is ignored.
            """;

    /** Which commands our tests run with the real programs, and what they look at. */
    private static final String TRIED = """

            ## How they are tried

            The tests run these commands for real, with Debian's Blender 3.4.1 and FFmpeg 5.1.9 (`RealMediaTest`), and look at what
            was made with `ffprobe`, with Java's own picture reader, and for EXR files pixel by pixel in Blender. What is said about
            other versions of Blender rests on lines of output whose sources stand in
            [`src/test/resources/blender`](../worker-verticles/src/test/resources/blender/README.md).

            | command | for real | what is looked at | by fixtures or arguments only |
            |---|---|---|---|
            | `blender_render` | yes | format, size, colours, progress, timing, override file | progress lines of Blender 2.7, 2.8, 2.91, 4.1, 4.5, 5.0, 5.2 |
            | `blender_render_progressive` | yes | two ranges of samples merged against a whole render, every pixel | the options for Blender 2.8 and 2.9 |
            | `blender_render_audio` | yes | codec, length, loudness | – |
            | `exr_sequence_to_jpeg` | yes | format, size, colours; no files is a failure | – |
            | `merge_progressive_renders` | yes | every pixel against a whole render | – |
            | `merge_progressive_render_sequence` | yes | every pixel of first and last frame against a whole render | – |
            | `create_video` | yes | codec, size, number of frames, length, colours, progress | the list of files for Windows |
            | `concatenate_videos` | yes | codec, size, number of frames, length, colours | – |
            | `encode_audio` | yes | codec, length, loudness | – |
            | `mux_audio` | yes | codecs of both streams, number of frames, length, colours, loudness | – |
            | `create_python_file` | yes | content; Blender renders by it | – |
            | `copy_file`, `move_out_of_way`, `move_to_final`, `move_with_counter`, `remove_file`, `remove_tree` | yes | what is on the disk afterwards | moving across file systems |
            | `exec`, `echo`, `sleep`, `log_a_lot`, `test_pattern` | yes | log, exit codes, time, pictures | – |
            """;

    @Test
    void every_command_says_how_it_is_tried(@TempDir Path noPlugins) {
        assertThat(Commands.load(noPlugins).names()).allMatch(name -> TRIED.contains("`" + name + "`"));
    }

    @Test
    void the_page_tells_what_the_commands_tell(@TempDir Path noPlugins) throws Exception {
        StringBuilder page = new StringBuilder(HEAD + TRIED);
        Commands.load(noPlugins).all().forEach(command -> describe(command, page));

        String before = Files.exists(PAGE) ? Files.readString(PAGE) : "";
        if (!before.contentEquals(page)) {
            Files.writeString(PAGE, page);
        }

        assertThat(before)
                .as("docs/worker-commands.md was out of date and has been written anew; commit it")
                .isEqualTo(page.toString());
    }

    @Test
    void every_command_of_the_protocol_is_there(@TempDir Path noPlugins) {
        assertThat(Commands.load(noPlugins).names())
                .containsExactlyInAnyOrder(
                        "echo",
                        "sleep",
                        "log_a_lot",
                        "exec",
                        "move_out_of_way",
                        "move_to_final",
                        "move_with_counter",
                        "copy_file",
                        "remove_tree",
                        "remove_file",
                        "create_python_file",
                        "blender_render",
                        "blender_render_progressive",
                        "blender_render_audio",
                        "merge_progressive_renders",
                        "merge_progressive_render_sequence",
                        "exr_sequence_to_jpeg",
                        "create_video",
                        "concatenate_videos",
                        "encode_audio",
                        "mux_audio",
                        "test_pattern");
    }

    private static void describe(WorkerCommand command, StringBuilder page) {
        page.append("\n## `")
                .append(command.name())
                .append("`\n\n")
                .append(command.description())
                .append('\n');
        if (command.settings().isEmpty()) {
            return;
        }
        page.append("\n| setting | type | | |\n|---|---|---|---|\n");
        for (SettingDescription setting : command.settings()) {
            page.append("| `").append(setting.name()).append("` | ");
            page.append(setting.type().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            page.append(" | ")
                    .append(need(setting))
                    .append(" | ")
                    .append(setting.help())
                    .append(" |\n");
        }
    }

    private static String need(SettingDescription setting) {
        if (setting.required()) {
            return "required";
        }
        return setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "` if absent";
    }
}

package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.command.Checked;
import io.flamenco.worker.blocking.command.CommandLines;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all commands that run FFmpeg have in common.
 *
 * @param lines splits the command line of FFmpeg and finds the program
 */
record Ffmpeg(CommandLines lines) {

    static final SettingDescription COMMAND = SettingDescription.optional(
                    "ffmpeg_cmd", SettingDescription.Type.TEXT, "The command line of FFmpeg.")
            .or("ffmpeg");

    static final SettingDescription OUTPUT =
            SettingDescription.required("output_file", SettingDescription.Type.PATH, "The file to write.");

    /** The words of the command line of FFmpeg, of which the first was found. */
    List<String> program(CommandSettings settings, CommandContext context) throws InvalidSettings {
        List<String> words =
                lines.split(settings.optionalFilledText("ffmpeg_cmd").orElse("ffmpeg"), "ffmpeg_cmd");
        if (lines.system().executable(words.getFirst(), context.environment()).isEmpty()) {
            throw new InvalidSettings("\"ffmpeg_cmd\": " + words.getFirst()
                    + " not found on $PATH; install FFmpeg, or set the Manager's variable {ffmpeg}");
        }
        return words;
    }

    /** Checks that a file is there and gives its absolute path. */
    static String existing(CommandSettings settings, String key) throws InvalidSettings {
        Path path = Path.of(settings.filledText(key));
        if (!Files.exists(path)) {
            throw new InvalidSettings("\"" + key + "\": Path " + path + " does not exist");
        }
        return absolute(path.toString());
    }

    static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }

    /** Runs FFmpeg, telling progress by the length of its inputs. */
    void run(List<String> arguments, CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        run(arguments, 0, settings, context);
    }

    /**
     * Runs FFmpeg.
     *
     * @param frames how many frames it will write, to tell progress by; 0 when that is not known
     */
    void run(List<String> arguments, int frames, CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        List<String> all = new ArrayList<>(Checked.read(() -> program(settings, context)));
        all.addAll(arguments);
        context.runProgram(all, new FfmpegLines(context, frames));
    }

    /**
     * Writes the list of files that match a pattern, in order, for FFmpeg's concat format.
     *
     * @param pattern may have wildcards in its last part
     * @return the list, beside the files; it has a name of its own, so that two tasks do not meet
     */
    static Path index(Path pattern, CommandContext context) throws IOException, CommandFailure {
        List<Path> inputs = matching(pattern);
        if (inputs.isEmpty()) {
            throw new CommandFailure("No files match " + pattern);
        }
        Path index = inputs.getFirst().resolveSibling("ffmpeg-input-" + context.taskId() + ".txt");
        Files.writeString(index, inputs.stream().map(Ffmpeg::indexLine).collect(Collectors.joining()));
        context.letProgramsUse(index);
        return index;
    }

    /** The files that match a pattern that may have wildcards in its last part, in order. */
    static List<Path> matching(Path pattern) throws IOException, CommandFailure {
        Path directory = pattern.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new CommandFailure("The directory of " + pattern + " does not exist");
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getFileName());
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** Within quotes FFmpeg takes everything as it is, save the quote. */
    static String indexLine(Path file) {
        return "file '" + String.valueOf(file.getFileName()).replace("'", "'\\''") + "'\n";
    }
}

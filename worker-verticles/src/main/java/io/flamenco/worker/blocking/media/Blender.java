package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.command.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What all commands that run Blender on a blend file have in common. Unlike the original, the program may also stand on the
 * {@code PATH}.
 *
 * @param lines splits the command line of Blender
 * @param patience how long to wait for a blend file that is not there yet
 */
record Blender(CommandLines lines, Duration patience) {

    /** A shared drive may show a file that another machine wrote only after this while. */
    static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);

    private static final List<String> QUIET = List.of("--enable-autoexec", "-noaudio", "--background");
    private static final String OVERRIDE_FAILED = "42";

    static final SettingDescription COMMAND = SettingDescription.required(
            "blender_cmd",
            SettingDescription.Type.TEXT,
            "The command line of Blender, usually the Manager's variable {blender}.");

    static final SettingDescription FILE =
            SettingDescription.required("filepath", SettingDescription.Type.PATH, "The blend file.");

    /** Checks what every run on a blend file needs. */
    void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        program(settings, context);
        Path file = Path.of(settings.filledText("filepath"));
        if (!Files.exists(file)) {
            Thread.sleep(patience);
            if (!Files.exists(file)) {
                throw new InvalidSettings("\"filepath\": Path " + file + " does not exist");
            }
        }
        context.checkNoProgramRuns();
    }

    /** The words of the command line of Blender, of which the first can be executed. */
    List<String> program(CommandSettings settings, CommandContext context) throws InvalidSettings {
        List<String> words = lines.words(settings, "blender_cmd");
        if (lines.system().executable(words.getFirst(), context.environment()).isEmpty()) {
            throw new InvalidSettings("\"blender_cmd\": " + words.getFirst()
                    + " does not exist or cannot be executed; set the Manager's variable {blender} for this platform");
        }
        return words;
    }

    /** The program, its usual options and the blend file. */
    List<String> onFile(CommandSettings settings, CommandContext context) throws InvalidSettings {
        List<String> arguments = new ArrayList<>(program(settings, context));
        arguments.addAll(QUIET);
        arguments.add(settings.filledText("filepath"));
        return arguments;
    }

    /** The program and its usual options, without anybody's settings and without a blend file. */
    List<String> bare(CommandSettings settings, CommandContext context) throws InvalidSettings {
        List<String> arguments = new ArrayList<>(program(settings, context));
        arguments.add("--factory-startup");
        arguments.addAll(QUIET);
        return arguments;
    }

    /** The options that run the Python file beside the blend file that overrides settings of it, when there is one. */
    List<String> overrides(CommandSettings settings, CommandContext context) throws CommandFailure, IOException {
        Optional<Path> file = overrideFile(String.valueOf(settings.values().get("filepath")));
        if (file.isEmpty()) {
            return List.of();
        }
        context.log("Found override file " + file.get() + ":\n" + Files.readString(file.get()));
        return List.of(
                "--python-exit-code", OVERRIDE_FAILED, "--python", file.get().toString());
    }

    private static Optional<Path> overrideFile(String blendFile) {
        int extension = blendFile.toLowerCase(Locale.ROOT).lastIndexOf(".blend");
        return extension < 0
                ? Optional.empty()
                : Optional.of(Path.of(blendFile.substring(0, extension) + "-overrides.py"))
                        .filter(Files::exists);
    }

    /** Runs Blender, reading its output. */
    static void run(List<String> arguments, CommandContext context, List<Integer> frames)
            throws CommandFailure, IOException, InterruptedException {
        context.activity("Starting Blender");
        BlenderLines output = new BlenderLines(context, frames);
        try {
            context.runProgram(arguments, output);
        } finally {
            output.end();
        }
    }
}

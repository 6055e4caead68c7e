package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes JPEG previews of EXR files, with the colour management of a blend file. */
record ExrSequenceToJpegCommand(Blender blender) implements WorkerCommand {

    private static final String SCRIPT_FAILED = "32";
    private static final String USUAL_PATTERN = "preview-######.jpg";

    @Override
    public String name() {
        return "exr_sequence_to_jpeg";
    }

    @Override
    public String description() {
        return "Makes JPEG previews of EXR files, with the colour management of a blend file.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Blender.COMMAND,
                Blender.FILE,
                SettingDescription.optional(
                        "exr_glob",
                        SettingDescription.Type.PATH,
                        "The EXR files; the last part may have wildcards. Their names end in the number of the frame."),
                SettingDescription.optional(
                        "exr_directory",
                        SettingDescription.Type.PATH,
                        "Their directory, in place of exr_glob; of older job types."),
                SettingDescription.optional(
                                "output_pattern",
                                SettingDescription.Type.TEXT,
                                "The names of the previews, beside the EXR files.")
                        .or(USUAL_PATTERN));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        glob(settings);
        pattern(settings);
        RenderSettings render = RenderSettings.read(settings);
        blender.check(settings, context);
        render.makeOutputDirectory(context);
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        try (Script script = Script.named("exr_sequence_to_jpeg.py", context)) {
            List<String> arguments = new ArrayList<>(Checked.read(() -> blender.onFile(settings, context)));
            arguments.addAll(blender.overrides(settings, context));
            arguments.addAll(Checked.read(() -> RenderSettings.read(settings)).arguments());
            arguments.addAll(List.of(
                    "--python-exit-code",
                    SCRIPT_FAILED,
                    "--python",
                    script.file().toString(),
                    "--",
                    "--exr-glob",
                    Checked.read(() -> glob(settings)),
                    "--output-pattern",
                    Checked.read(() -> pattern(settings))));
            Blender.run(arguments, context, List.of());
        }
    }

    private static String glob(CommandSettings settings) throws InvalidSettings {
        Optional<String> glob = settings.optionalFilledText("exr_glob");
        Optional<String> directory = settings.optionalFilledText("exr_directory");
        if (glob.isPresent() == directory.isPresent()) {
            throw new InvalidSettings("Give either \"exr_glob\" or \"exr_directory\"");
        }
        return glob.or(() -> directory.map(path -> path.replaceAll("/+$", "") + "/*.exr"))
                .orElseThrow();
    }

    private static String pattern(CommandSettings settings) throws InvalidSettings {
        String pattern = settings.optionalText("output_pattern").orElse(USUAL_PATTERN);
        if (pattern.isEmpty()) {
            throw new InvalidSettings("\"output_pattern\" may not be empty");
        }
        return pattern;
    }
}

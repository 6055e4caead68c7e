package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.command.FarmFiles;
import io.flamenco.worker.domain.FrameRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is rendered, where to and how, as several commands are told.
 *
 * @param output where to write, with {@code #} for the number of the frame
 * @param format the file format, as Blender's command line names it
 * @param frames which frames, as Blender's command line writes them
 * @param expression Python to run first
 */
record RenderSettings(
        Optional<String> output, Optional<String> format, Optional<String> frames, Optional<String> expression) {

    static final List<SettingDescription> DESCRIPTIONS = List.of(
            SettingDescription.optional(
                    "render_output",
                    SettingDescription.Type.PATH,
                    "Where to write; a run of # becomes the number of the frame."),
            SettingDescription.optional(
                    "format", SettingDescription.Type.TEXT, "The file format, such as PNG, JPEG or OPEN_EXR."),
            SettingDescription.optional(
                    "frames", SettingDescription.Type.FRAMES, "Which frames, such as 1..10,15; one when absent."),
            SettingDescription.optional(
                    "python_expr", SettingDescription.Type.TEXT, "Python that Blender runs before it renders."));

    static RenderSettings read(CommandSettings settings) throws InvalidSettings {
        settings.optionalText("render_format");
        return new RenderSettings(
                settings.optionalFilledText("render_output"),
                settings.optionalFilledText("format").map(RenderSettings::blenderName),
                settings.optionalFilledText("frames"),
                Optional.<@Nullable Object>ofNullable(settings.values().get("python_expr"))
                        .map(String::valueOf)
                        .filter(text -> !text.isEmpty()));
    }

    /** Makes the directory to write to. */
    void makeOutputDirectory(CommandContext context) throws InvalidSettings {
        if (output.isEmpty()) {
            return;
        }
        Path directory = Path.of(output.get()).toAbsolutePath().getParent();
        try {
            if (directory != null) {
                FarmFiles.makeDirectories(directory, context);
            }
        } catch (IOException e) {
            throw new InvalidSettings("\"render_output\": directory " + directory + " cannot be made: " + e);
        }
    }

    /** The options that tell Blender. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        expression.ifPresent(python -> arguments.addAll(List.of("--python-expr", python)));
        output.ifPresent(path -> arguments.addAll(List.of("--render-output", path)));
        format.ifPresent(name -> arguments.addAll(List.of("--render-format", name)));
        frames.ifPresent(range -> arguments.addAll(List.of("--render-frame", range)));
        return arguments;
    }

    /** The frames to come, to tell progress by; none when Blender alone understands the text. */
    List<Integer> frameNumbers() {
        try {
            return frames.map(FrameRange::parse).orElse(List.of());
        } catch (IllegalArgumentException relativeFrames) {
            return List.of();
        }
    }

    /** Blender's command line has other names for some formats than Blender's scenes. */
    private static String blenderName(String format) {
        return switch (format) {
            case "OPEN_EXR" -> "EXR";
            case "OPEN_EXR_MULTILAYER" -> "MULTILAYER";
            default -> format;
        };
    }
}

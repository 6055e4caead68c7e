package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Joins videos of the same kind. */
record ConcatenateVideosCommand(Ffmpeg ffmpeg) implements WorkerCommand {

    @Override
    public String name() {
        return "concatenate_videos";
    }

    @Override
    public String description() {
        return "Joins videos of the same size and codec, in the order of their names, without encoding them again.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Ffmpeg.COMMAND,
                SettingDescription.required(
                        "input_files", SettingDescription.Type.PATH, "The videos; the last part may have wildcards."),
                Ffmpeg.OUTPUT);
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        ffmpeg.program(settings, context);
        settings.filledText("input_files");
        settings.filledText("output_file");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        String input = Checked.read(() -> settings.filledText("input_files"));
        String output = Checked.read(() -> settings.filledText("output_file"));
        Path index = Ffmpeg.index(Path.of(input), context);
        try {
            ffmpeg.run(
                    List.of("-f", "concat", "-safe", "0", "-i", index.toString(), "-c", "copy", "-y", output),
                    settings,
                    context);
        } finally {
            Files.deleteIfExists(index);
        }
    }
}

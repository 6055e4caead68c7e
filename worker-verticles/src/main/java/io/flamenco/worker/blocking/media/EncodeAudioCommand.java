package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import java.io.IOException;
import java.util.List;

/** Encodes sound. */
record EncodeAudioCommand(Ffmpeg ffmpeg) implements WorkerCommand {

    @Override
    public String name() {
        return "encode_audio";
    }

    @Override
    public String description() {
        return "Encodes sound with another codec.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Ffmpeg.COMMAND,
                SettingDescription.required("input_file", SettingDescription.Type.PATH, "The sound."),
                Ffmpeg.OUTPUT,
                SettingDescription.required(
                        "codec", SettingDescription.Type.TEXT, "FFmpeg's name of the codec, such as aac."),
                SettingDescription.required("bitrate", SettingDescription.Type.TEXT, "Such as 192k."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        ffmpeg.program(settings, context);
        Ffmpeg.existing(settings, "input_file");
        settings.filledText("output_file");
        settings.filledText("codec");
        settings.filledText("bitrate");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        ffmpeg.run(
                List.of(
                        "-i",
                        Ffmpeg.absolute(Checked.read(() -> settings.filledText("input_file"))),
                        "-c:a",
                        Checked.read(() -> settings.filledText("codec")),
                        "-b:a",
                        Checked.read(() -> settings.filledText("bitrate")),
                        "-y",
                        Ffmpeg.absolute(Checked.read(() -> settings.filledText("output_file")))),
                settings,
                context);
    }
}

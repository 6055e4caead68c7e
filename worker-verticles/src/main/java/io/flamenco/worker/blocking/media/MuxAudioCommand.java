package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import java.io.IOException;
import java.util.List;

/** Puts sound to a video. */
record MuxAudioCommand(Ffmpeg ffmpeg) implements WorkerCommand {

    @Override
    public String name() {
        return "mux_audio";
    }

    @Override
    public String description() {
        return "Puts sound to a video, without encoding either again.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Ffmpeg.COMMAND,
                SettingDescription.required("audio_file", SettingDescription.Type.PATH, "The sound."),
                SettingDescription.required("video_file", SettingDescription.Type.PATH, "The video."),
                Ffmpeg.OUTPUT);
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        ffmpeg.program(settings, context);
        Ffmpeg.existing(settings, "audio_file");
        Ffmpeg.existing(settings, "video_file");
        settings.filledText("output_file");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        ffmpeg.run(
                List.of(
                        "-i",
                        Ffmpeg.absolute(Checked.read(() -> settings.filledText("audio_file"))),
                        "-i",
                        Ffmpeg.absolute(Checked.read(() -> settings.filledText("video_file"))),
                        "-c",
                        "copy",
                        "-y",
                        Ffmpeg.absolute(Checked.read(() -> settings.filledText("output_file")))),
                settings,
                context);
    }
}

package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import io.flamenco.worker.blocking.command.FarmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a video of pictures. FFmpeg for Windows knows no wildcards, so it gets a list of the files there. */
record CreateVideoCommand(Ffmpeg ffmpeg) implements WorkerCommand {

    private static final List<String> ENCODING = List.of(
            "-c:v",
            "h264",
            "-crf",
            "20",
            "-g",
            "18",
            "-vf",
            "pad=ceil(iw/2)*2:ceil(ih/2)*2",
            "-pix_fmt",
            "yuv420p",
            "-y",
            "-bf",
            "0");

    @Override
    public String name() {
        return "create_video";
    }

    @Override
    public String description() {
        return "Makes an H.264 video of pictures.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Ffmpeg.COMMAND,
                SettingDescription.required(
                        "input_files", SettingDescription.Type.PATH, "The pictures; the last part may have wildcards."),
                Ffmpeg.OUTPUT,
                SettingDescription.required("fps", SettingDescription.Type.NUMBER, "Frames per second."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        ffmpeg.program(settings, context);
        settings.filledText("input_files");
        settings.filledText("output_file");
        settings.number("fps");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        Path output = Path.of(Checked.read(() -> settings.filledText("output_file")));
        String input = Checked.read(() -> settings.filledText("input_files"));
        int frames = Ffmpeg.matching(Path.of(input)).size();
        FarmFiles.makeParent(output, name(), context);
        Optional<Path> index =
                ffmpeg.lines().system().posix() ? Optional.empty() : Optional.of(Ffmpeg.index(Path.of(input), context));
        try {
            ffmpeg.run(arguments(settings, input, index, output), frames, settings, context);
        } finally {
            if (index.isPresent()) {
                Files.deleteIfExists(index.get());
            }
        }
    }

    private static List<String> arguments(CommandSettings settings, String input, Optional<Path> index, Path output) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-r", String.valueOf(settings.values().get("fps"))));
        arguments.addAll(index.map(list -> List.of("-f", "concat", "-i", list.toString()))
                .orElse(List.of("-pattern_type", "glob", "-i", input)));
        arguments.addAll(ENCODING);
        arguments.add(output.toString());
        return arguments;
    }
}

package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommandProvider;
import io.flamenco.worker.blocking.command.CommandLines;
import io.flamenco.worker.platform.OperatingSystem;
import java.time.Duration;
import java.util.List;

/** The commands of this package. */
public final class MediaCommands implements WorkerCommandProvider {

    private final Blender blender;
    private final Ffmpeg ffmpeg;

    /** As this machine needs them. */
    public MediaCommands() {
        this(
                OperatingSystem.ofJavaName(System.getProperty("os.name", "")).orElse(OperatingSystem.LINUX),
                Blender.USUAL_PATIENCE);
    }

    /**
     * As another machine would need them.
     *
     * @param patience how long to wait for a blend file that is not there yet
     */
    public MediaCommands(OperatingSystem system, Duration patience) {
        CommandLines lines = new CommandLines(system);
        this.blender = new Blender(lines, patience);
        this.ffmpeg = new Ffmpeg(lines);
    }

    @Override
    public List<WorkerCommand> commands() {
        return List.of(
                new BlenderRenderCommand(blender),
                new BlenderRenderProgressiveCommand(blender),
                new BlenderRenderAudioCommand(blender),
                new ExrSequenceToJpegCommand(blender),
                new MergeProgressiveRendersCommand(blender),
                new MergeProgressiveRenderSequenceCommand(blender),
                new CreateVideoCommand(ffmpeg),
                new ConcatenateVideosCommand(ffmpeg),
                new MuxAudioCommand(ffmpeg),
                new EncodeAudioCommand(ffmpeg));
    }
}

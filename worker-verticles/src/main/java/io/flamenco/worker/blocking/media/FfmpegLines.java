package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.worker.domain.FfmpegProgress;
import java.util.Optional;

/**
 * Reads what FFmpeg prints while it works, and tells how far it is: by the number of frames when that is known, else by the
 * longest input. Lives for one run of FFmpeg.
 */
final class FfmpegLines implements LineHandler {

    private final CommandContext context;
    private final int frames;
    private double longestInput;
    private int percentage;

    /**
     * @param frames how many frames there will be; 0 when that is not known
     */
    FfmpegLines(CommandContext context, int frames) {
        this.context = context;
        this.frames = frames;
    }

    /** What was overwritten is not logged. */
    @Override
    public Optional<String> line(long pid, String line) {
        String last = line.substring(line.lastIndexOf('\r') + 1);
        FfmpegProgress.duration(last).ifPresent(seconds -> longestInput = Math.max(longestInput, seconds));
        FfmpegProgress.parse(last).ifPresent(progress -> onProgress(progress, last));
        return Optional.of("pid=" + pid + " > " + last);
    }

    @Override
    public void overwritten(long pid, String text) {
        FfmpegProgress.parse(text).ifPresent(progress -> onProgress(progress, text));
    }

    private void onProgress(FfmpegProgress progress, String text) {
        context.activity(text.strip());
        if (frames > 0 && progress.frame().isPresent()) {
            tell(progress.frame().getAsInt() / (double) frames);
        } else if (longestInput > 0 && progress.seconds().isPresent()) {
            tell(progress.seconds().getAsDouble() / longestInput);
        }
    }

    /** Progress never goes back. */
    private void tell(double done) {
        percentage = Math.clamp((int) (100 * done), percentage, 100);
        context.progress(percentage);
    }
}

package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.worker.domain.BlenderOutput;
import io.flamenco.worker.domain.BlenderProgress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Blender prints while it renders, and tells how far it is. Lives for one run of Blender. */
final class BlenderLines implements LineHandler {

    private final CommandContext context;
    private final Map<Integer, Integer> positions = new HashMap<>();
    private final int frames;
    private @Nullable String phase = "starting blender";
    private long phaseStarted = System.nanoTime();
    private int saved;
    private int percentage;

    /**
     * @param frames the frames that are to be rendered, in order; empty when that is not known
     */
    BlenderLines(CommandContext context, List<Integer> frames) {
        this.context = context;
        this.frames = frames.size();
        for (int position = 0; position < frames.size(); position++) {
            positions.putIfAbsent(frames.get(position), position);
        }
    }

    @Override
    public Optional<String> line(long pid, String line) {
        if (BlenderOutput.missesFile(line)) {
            context.activity(line);
        }
        if (BlenderOutput.loads(line) && "starting blender".equals(phase)) {
            enter("loading blendfile");
        }
        BlenderProgress.parse(line).ifPresent(progress -> onProgress(progress, line));
        BlenderOutput.saved(line).ifPresent(this::onSaved);
        return Optional.of("pid=" + pid + " > " + line);
    }

    /** The program has ended; its last phase has, too. */
    void end() {
        enter(null);
    }

    private void onProgress(BlenderProgress progress, String line) {
        if (!"rendering".equals(phase)) {
            enter("rendering");
        }
        context.activity(progress.activity(line));
        Integer position = positions.get(progress.frame());
        if (position != null) {
            tell(position + progress.fraction().orElse(0));
        }
    }

    private void onSaved(String file) {
        saved++;
        tell(saved);
        context.outputProduced(Path.of(file));
    }

    /** Progress never goes back, however Blender numbers what it does. */
    private void tell(double framesDone) {
        if (frames > 0) {
            percentage = Math.clamp((int) (100 * framesDone / frames), percentage, 100);
            context.progress(percentage);
        }
    }

    private void enter(@Nullable String next) {
        long now = System.nanoTime();
        if (phase != null) {
            context.timing(phase, (now - phaseStarted) / 1e9);
        }
        phase = next;
        phaseStarted = now;
    }
}

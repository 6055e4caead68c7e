package io.flamenco.shared.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Worker reports of a task; everything may be absent.
 *
 * @param taskStatus the new status of the whole task
 * @param activity what it does, for people
 * @param taskProgressPercentage 0 to 100
 * @param currentCommandIdx which command runs, from 0
 * @param commandProgressPercentage 0 to 100
 * @param metrics what was measured
 * @param log lines of the log, joined by line breaks
 */
public record WorkerUpdate(
        @Nullable String taskStatus,
        @Nullable String activity,
        @Nullable Integer taskProgressPercentage,
        @Nullable Integer currentCommandIdx,
        @Nullable Integer commandProgressPercentage,
        @Nullable Metrics metrics,
        @Nullable String log) {

    /** An update that carries nothing but log lines. */
    public static WorkerUpdate ofLog(String log) {
        return new WorkerUpdate(null, null, null, null, null, null, log);
    }

    /** The measured seconds per phase; empty when nothing was measured. */
    public Map<String, Double> timing() {
        return metrics == null ? Map.of() : metrics.timing();
    }
}

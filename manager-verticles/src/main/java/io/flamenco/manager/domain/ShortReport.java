package io.flamenco.manager.domain;

import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.WorkerUpdate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Worker's report without what is too long to be kept with its task and told to the Server and to people. Its log is left
 * whole, for that goes to a file.
 */
public final class ShortReport {

    private static final int LONGEST_ACTIVITY = 4096;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_TIMINGS = 100;

    private ShortReport() {}

    /** The report itself when nothing in it is too long, as a rule. */
    public static WorkerUpdate of(WorkerUpdate report) {
        return isShort(report)
                ? report
                : new WorkerUpdate(
                        cut(report.taskStatus(), LONGEST_NAME),
                        cut(report.activity(), LONGEST_ACTIVITY),
                        report.taskProgressPercentage(),
                        report.currentCommandIdx(),
                        report.commandProgressPercentage(),
                        cut(report.metrics()),
                        report.log());
    }

    private static boolean isShort(WorkerUpdate report) {
        return lengthOf(report.taskStatus()) <= LONGEST_NAME
                && lengthOf(report.activity()) <= LONGEST_ACTIVITY
                && report.timing().size() <= MOST_TIMINGS
                && report.timing().keySet().stream().allMatch(name -> name.length() <= LONGEST_NAME);
    }

    private static int lengthOf(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static @Nullable String cut(@Nullable String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private static @Nullable Metrics cut(@Nullable Metrics metrics) {
        if (metrics == null) {
            return null;
        }
        Map<String, Double> timing = new LinkedHashMap<>();
        metrics.timing().entrySet().stream()
                .filter(entry -> entry.getKey().length() <= LONGEST_NAME)
                .limit(MOST_TIMINGS)
                .forEach(entry -> timing.put(entry.getKey(), entry.getValue()));
        return new Metrics(timing);
    }
}

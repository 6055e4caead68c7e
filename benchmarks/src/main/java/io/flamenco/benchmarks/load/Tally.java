package io.flamenco.benchmarks.load;

import io.flamenco.benchmarks.http.Answer;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Latencies and refusals per kind of call since the last {@link #reset}. Safe to use from any thread. */
public final class Tally {

    private static final int DIGITS = 3;

    private Map<String, Histogram> latencies = new TreeMap<>();
    private Map<String, Long> oddities = new TreeMap<>();

    /** A call was answered as hoped. */
    public synchronized void record(String call, long nanos) {
        latencies.computeIfAbsent(call, name -> new Histogram(DIGITS)).recordValue(Math.max(0, nanos / 1000));
    }

    /** A call was answered in another way than hoped; answers that read alike are counted together. */
    public synchronized void refused(String call, Answer answer) {
        odd(call + " → " + answer.status() + (answer.status() == 204 ? " (nothing to do)" : " " + kind(answer)));
    }

    /** A call got no answer. */
    public synchronized void failed(String call, Throwable failure) {
        odd(call + " → " + failure);
    }

    /** What was counted, and begins anew. */
    public synchronized Snapshot reset() {
        Snapshot snapshot = new Snapshot(latencies, oddities);
        latencies = new TreeMap<>();
        oddities = new TreeMap<>();
        return snapshot;
    }

    /** Something went otherwise than hoped. */
    public synchronized void odd(String description) {
        oddities.merge(description, 1L, Long::sum);
    }

    /** Ids are different in each answer and must not make each of them a kind of its own. */
    private static String kind(Answer answer) {
        String text = answer.body().strip().replaceAll("[0-9a-f]{24}", "<id>");
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    /**
     * What was counted.
     *
     * @param latencies microseconds per kind of call
     * @param oddities refusals and failures with their number
     */
    public record Snapshot(Map<String, Histogram> latencies, Map<String, Long> oddities) {

        /** How many calls of that kind were answered as hoped. */
        public long count(String call) {
            Histogram histogram = latencies.get(call);
            return histogram == null ? 0 : histogram.getTotalCount();
        }

        /** How many calls were refused or failed. */
        public long odd() {
            return oddities.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The latency in milliseconds that so many per cent of the calls did not exceed; 0 without calls. */
        public double milliseconds(String call, double percent) {
            Histogram histogram = latencies.get(call);
            return histogram == null ? 0 : histogram.getValueAtPercentile(percent) / 1000.0;
        }
    }
}

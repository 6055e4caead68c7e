package io.flamenco.shared.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often something may happen, for each of many callers: each has a bucket of permits that fills up again evenly.
 *
 * <p>When there are more than {@value #MOST_CALLERS} callers, the one that was not heard of for longest is forgotten, so that
 * strangers cannot fill the memory. Safe for several event loops.
 */
public final class RateLimit {

    private static final int MOST_CALLERS = 50_000;

    private final Clock clock;
    private final int burst;
    private final Duration perPermit;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    /** @param left permits that were in it at that moment, the last of them perhaps not whole yet */
    private record Bucket(double left, Instant at) {}

    /**
     * @param burst how often it may happen at once; at least 1
     * @param perPermit the time after which it may happen once more
     */
    public RateLimit(Clock clock, int burst, Duration perPermit) {
        this.clock = clock;
        this.burst = burst;
        this.perPermit = perPermit;
    }

    /** So many a minute, of which all may come at once. */
    public static RateLimit perMinute(Clock clock, int permits) {
        return new RateLimit(clock, permits, Duration.ofMinutes(1).dividedBy(permits));
    }

    /** Takes a permit of that caller; how long to wait for one when there is none. */
    public synchronized Optional<Duration> take(String caller) {
        Instant now = clock.instant();
        double left = left(caller, now);
        if (left >= 1) {
            buckets.put(caller, new Bucket(left - 1, now));
            return Optional.empty();
        }
        return Optional.of(untilWhole(left));
    }

    /** How long that caller has to wait for a permit; takes none. */
    public synchronized Optional<Duration> waiting(String caller) {
        double left = left(caller, clock.instant());
        return left >= 1 ? Optional.empty() : Optional.of(untilWhole(left));
    }

    /** Gives that caller all permits back. */
    public synchronized void forgive(String caller) {
        buckets.remove(caller);
    }

    private Duration untilWhole(double left) {
        return Duration.ofNanos((long) Math.ceil((1 - left) * perPermit.toNanos()));
    }

    /** A clock that is set back gives nothing away and takes nothing. */
    private double left(String caller, Instant now) {
        Bucket bucket = buckets.get(caller);
        if (bucket == null) {
            return burst;
        }
        double since = Math.max(0, Duration.between(bucket.at(), now).toNanos());
        return Math.min(burst, bucket.left() + since / perPermit.toNanos());
    }
}

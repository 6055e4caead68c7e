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
 * <p>Callers who were not heard of until their bucket is full again are forgotten, so the memory is bounded by the rate; when
 * there are more than {@value #MOST_CALLERS} all the same, the one seen first is forgotten. Safe for several event loops.
 */
public final class RateLimit {

    private static final int MOST_CALLERS = 10_000;

    private final Clock clock;
    private final int burst;
    private final Duration perPermit;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>();

    /** @param full when the bucket is full again; in the past for a caller who has been quiet */
    private record Bucket(Instant full) {}

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
        Optional<Duration> wait = waiting(caller, now);
        if (wait.isEmpty()) {
            buckets.put(caller, new Bucket(fullAt(caller, now).plus(perPermit)));
            forgetOne(now);
        }
        return wait;
    }

    /** How long that caller has to wait for a permit; takes none. */
    public synchronized Optional<Duration> waiting(String caller) {
        return waiting(caller, clock.instant());
    }

    private Optional<Duration> waiting(String caller, Instant now) {
        Duration behind = Duration.between(now, fullAt(caller, now)).plus(perPermit);
        Duration over = behind.minus(perPermit.multipliedBy(burst));
        return over.isPositive() ? Optional.of(over) : Optional.empty();
    }

    private Instant fullAt(String caller, Instant now) {
        Bucket bucket = buckets.get(caller);
        return bucket == null || bucket.full().isBefore(now) ? now : bucket.full();
    }

    /** One goes for each that may have come. */
    private void forgetOne(Instant now) {
        var eldest = buckets.entrySet().iterator();
        for (int looked = 0; looked < 2 && eldest.hasNext(); looked++) {
            boolean quiet = eldest.next().getValue().full().isBefore(now);
            if (quiet || buckets.size() > MOST_CALLERS) {
                eldest.remove();
            }
        }
    }
}

package io.flamenco.server.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each of many may do something: so many times at once, and again as time passes (a token bucket each). Those who
 * were not heard of for longest are forgotten first, so that strangers cannot fill the memory.
 *
 * <p>Belongs to one thread.
 */
public final class Allowances {

    private static final int MOST = 10_000;

    private final double atOnce;
    private final Duration oneMoreAfter;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    private record Bucket(double left, Instant at) {}

    /**
     * @param atOnce how many times in a row, at least 1
     * @param oneMoreAfter how long it takes until one more is allowed
     */
    public Allowances(int atOnce, Duration oneMoreAfter) {
        this.atOnce = atOnce;
        this.oneMoreAfter = oneMoreAfter;
    }

    /** How long that one must wait; zero when it may go on. */
    public Duration waitOf(String who, Instant now) {
        double left = left(who, now);
        return left >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - left) * oneMoreAfter.toNanos()));
    }

    /** Counts one time. */
    public void count(String who, Instant now) {
        buckets.put(who, new Bucket(Math.max(0, left(who, now) - 1), now));
    }

    /** Forgets what was counted of that one. */
    public void forgive(String who) {
        buckets.remove(who);
    }

    private double left(String who, Instant now) {
        Bucket bucket = buckets.get(who);
        if (bucket == null) {
            return atOnce;
        }
        double since = Math.max(0, Duration.between(bucket.at(), now).toNanos());
        return Math.min(atOnce, bucket.left() + since / oneMoreAfter.toNanos());
    }
}

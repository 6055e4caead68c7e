package io.flamenco.manager.upstream;

import java.time.Duration;

/**
 * How long to wait before what failed is tried again: twice as long after each failure, up to a limit.
 *
 * @param first after the first failure; more than zero
 * @param longest however often it fails
 * @param failures how often it failed in a row
 */
record Backoff(Duration first, Duration longest, int failures) {

    private static final int MOST_DOUBLINGS = 30;

    static Backoff between(Duration first, Duration longest) {
        return new Backoff(first, longest, 0);
    }

    Backoff afterFailure() {
        return new Backoff(first, longest, failures + 1);
    }

    Backoff afterSuccess() {
        return new Backoff(first, longest, 0);
    }

    /**
     * The pause before the next try; zero when the last one succeeded.
     *
     * @param chance from 0 to 1, chosen anew each time; takes off up to a quarter, so that many Managers do not come back to
     *     a Server at the same moment
     */
    Duration pause(double chance) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration limited = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofMillis(Math.round(limited.toMillis() * (1 - chance / 4)));
    }
}

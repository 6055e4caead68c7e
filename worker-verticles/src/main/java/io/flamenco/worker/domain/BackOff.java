package io.flamenco.worker.domain;

import java.time.Duration;

/**
 * How long to wait before something is tried again: twice as long after each failure, up to a limit, and somewhat less by
 * chance, so that Workers that lost their Manager together do not come back together.
 *
 * @param first after one failure, at most
 * @param longest at most
 */
public record BackOff(Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * The pause after some failures in a row.
     *
     * @param failures 1 or more
     * @param chance 0 to 1; 0 halves the pause, 1 leaves it whole
     */
    public Duration pause(int failures, double chance) {
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        long millis = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(Math.round(millis * (0.5 + chance / 2)));
    }
}

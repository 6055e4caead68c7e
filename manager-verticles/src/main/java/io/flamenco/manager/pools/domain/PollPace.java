package io.flamenco.manager.pools.domain;

import java.time.Duration;

/** How often pools are looked at: the longer nobody has asked for them, the more seldom (Flamenco 2 protocol). */
public final class PollPace {

    private PollPace() {}

    /** The time between two looks. */
    public static Duration after(Duration sinceSomebodyAsked) {
        long minutes = sinceSomebodyAsked.toMinutes();
        if (minutes < 1) {
            return Duration.ofSeconds(15);
        }
        if (minutes < 5) {
            return Duration.ofMinutes(1);
        }
        return minutes < 15 ? Duration.ofMinutes(5) : Duration.ofMinutes(10);
    }
}

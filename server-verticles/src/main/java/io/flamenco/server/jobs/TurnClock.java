package io.flamenco.server.jobs;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Gives each turn a moment of its own, later than all before, to the millisecond. Managers take these moments as the mark
 * up to which they know everything, so no two turns may share one, even when the wall clock is set back.
 */
final class TurnClock {

    private final Clock clock;
    private Instant latest = Instant.EPOCH;

    TurnClock(Clock clock) {
        this.clock = clock;
    }

    /** All moments from now on are later than this one, which may stem from an earlier run. */
    void goOnAfter(Instant given) {
        latest = given.isAfter(latest) ? given : latest;
    }

    /** The moment of a turn that begins now. */
    Instant next() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        latest = now.isAfter(latest) ? now : latest.plusMillis(1);
        return latest;
    }

    /** The moment of the latest turn. */
    Instant latest() {
        return latest;
    }
}

package io.flamenco.e2e;

import java.time.Duration;

/**
 * How long tests wait for what takes a moment, on a machine that has much else to do. Nobody waits as long where all is well, so
 * it is the same for programs and for pages.
 */
final class Patience {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** The same for those who want milliseconds. */
    static final double PATIENCE_MS = PATIENCE.toMillis();

    private Patience() {}
}

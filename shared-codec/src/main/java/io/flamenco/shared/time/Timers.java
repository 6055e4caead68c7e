package io.flamenco.shared.time;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/** Does work later, once or again and again. */
public interface Timers {

    /**
     * Does the work after {@code first}, and again each time {@code period} after it has ended, whether well or not.
     *
     * @param name tells the work apart in the log
     * @param first zero or more
     * @param period more than zero
     * @param work succeeds or fails when it has ended
     */
    Timer every(String name, Duration first, Duration period, Supplier<Future<?>> work);

    /** Does the work once, after {@code delay}; a failure is logged. */
    Timer once(String name, Duration delay, Runnable work);

    /** Work that is to come. */
    interface Timer {

        /** Forgets what has not begun yet; calling it again is fine. */
        void cancel();

        /** Does the periodic work now, or as soon as a round that is under way has ended; no effect once cancelled. */
        void kick();
    }
}

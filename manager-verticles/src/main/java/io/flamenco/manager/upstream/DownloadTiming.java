package io.flamenco.manager.upstream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When tasks are downloaded (Flamenco 2 protocol).
 *
 * @param period the setting {@code download_task_sleep}; more than zero
 * @param throttle the setting {@code download_task_recheck_throttle}: least time between downloads on behalf of Workers
 *     that found nothing to do; zero for no limit, negative for none of them
 */
public record DownloadTiming(Duration period, Duration throttle) {

    /**
     * Whether a Worker that found nothing to do is reason enough for a download.
     *
     * @param lastKick when one was the last time; absent for never
     */
    boolean kickedByIdleWorker(@Nullable Instant lastKick, Instant now) {
        if (throttle.isNegative()) {
            return false;
        }
        return lastKick == null || throttle.isZero() || now.isAfter(lastKick.plus(throttle));
    }
}

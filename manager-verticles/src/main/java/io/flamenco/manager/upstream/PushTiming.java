package io.flamenco.manager.upstream;

import java.time.Duration;

/**
 * When updates are pushed to the Server (Flamenco 2 protocol).
 *
 * @param longestWait the setting {@code task_update_push_max_interval}
 * @param mostUpdates the setting {@code task_update_push_max_count}; also the size of a batch; 1 or more
 * @param cancelInterval the setting {@code cancel_task_fetch_max_interval}: the Server is asked this often what to cancel
 *     even when there is nothing to tell
 */
public record PushTiming(Duration longestWait, int mostUpdates, Duration cancelInterval) {

    /**
     * Whether to push now.
     *
     * @param kicked whether somebody asked for it
     * @param waiting how many updates wait
     * @param sinceLast time since the last successful push
     */
    boolean due(boolean kicked, long waiting, Duration sinceLast) {
        return kicked || (waiting > 0 && enough(waiting, sinceLast)) || sinceLast.compareTo(cancelInterval) >= 0;
    }

    private boolean enough(long waiting, Duration sinceLast) {
        return waiting >= mostUpdates || sinceLast.compareTo(longestWait) >= 0;
    }
}

package io.flamenco.manager.housekeeping;

import io.flamenco.manager.housekeeping.blocking.StoredLog;
import io.flamenco.manager.housekeeping.blocking.StoredLog.Shelf;
import io.flamenco.shared.id.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How long logs of tasks are kept.
 *
 * @param maxAge logs that did not change for longer go; zero keeps them however old they are
 * @param mostBytes the oldest go until all others together are no larger; zero for no limit
 */
public record LogRetention(Duration maxAge, long mostBytes) {

    /** Whether any log ever goes. */
    public boolean limited() {
        return maxAge.isPositive() || mostBytes > 0;
    }

    /**
     * The logs that go, oldest first.
     *
     * @param kept tasks whose logs stay in any case
     */
    List<StoredLog> surplus(Shelf shelf, Instant now, Set<TaskId> kept) {
        long left = shelf.bytes();
        List<StoredLog> surplus = new ArrayList<>();
        for (StoredLog log : shelf.oldest()) {
            boolean old = maxAge.isPositive() && log.changed().isBefore(now.minus(maxAge));
            boolean tooMuch = mostBytes > 0 && left > mostBytes;
            if ((old || tooMuch) && !kept.contains(log.task())) {
                surplus.add(log);
                left -= log.bytes();
            }
        }
        return surplus;
    }
}

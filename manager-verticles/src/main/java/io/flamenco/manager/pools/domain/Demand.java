package io.flamenco.manager.pools.domain;

import java.time.Duration;

/**
 * Decides how many Workers a pool on this machine shall have. It grows with the work at once, and shrinks only after there has
 * been nothing to do for a while, so that no running task is cut short.
 *
 * @param most never more than this
 * @param byDemand whether it grows with the work at all
 * @param idle how long there must be nothing to do before it shrinks
 */
public record Demand(int most, boolean byDemand, Duration idle) {

    /**
     * The number of Workers that there shall be.
     *
     * @param standing how many there shall be without any work
     * @param current how many there are
     * @param tasks how many run or could be handed out
     * @param sinceWork how long there has been nothing to do
     */
    public int wanted(int standing, int current, int tasks, Duration sinceWork) {
        int least = Math.min(standing, most);
        if (!byDemand) {
            return least;
        }
        int needed = Math.max(least, Math.min(most, tasks));
        boolean rest = tasks == 0 && sinceWork.compareTo(idle) >= 0;
        return rest ? least : Math.max(needed, Math.min(current, most));
    }
}

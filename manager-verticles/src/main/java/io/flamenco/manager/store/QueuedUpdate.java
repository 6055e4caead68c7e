package io.flamenco.manager.store;

import io.flamenco.shared.wire.TaskUpdate;

/**
 * An update in its task's document.
 *
 * @param number its place among all updates of tasks that this Manager ever made, from 1; 0 when it was stored without one
 */
public record QueuedUpdate(long number, TaskUpdate update) {

    /** Whether the Server has confirmed it, given up to which number it has. */
    public boolean confirmed(long upTo) {
        return number > 0 && number <= upTo;
    }
}

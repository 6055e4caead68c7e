package io.flamenco.server.domain;

import io.flamenco.shared.status.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task began to run and when it came to its end. A task that is queued again, or that failed on one Worker and waits
 * for another, has neither: what counts is the attempt that ended it.
 *
 * @param activated when it became active; empty when it was not since it was last queued
 * @param ended when it was completed, failed or canceled; empty while it was not
 */
public record TaskTimes(Optional<Instant> activated, Optional<Instant> ended) {

    /** Of a task that was not begun. */
    public static final TaskTimes NONE = new TaskTimes(Optional.empty(), Optional.empty());

    /** After the task took a status. */
    public TaskTimes after(TaskStatus status, Instant at) {
        return switch (status) {
            case ACTIVE -> new TaskTimes(Optional.of(at), Optional.empty());
            case COMPLETED, FAILED, CANCELED -> new TaskTimes(activated, Optional.of(at));
            case CANCEL_REQUESTED -> this;
            case QUEUED, CLAIMED_BY_MANAGER, SOFT_FAILED, PAUSED, UNDER_CONSTRUCTION -> NONE;
        };
    }

    /** How long it ran; empty when it still does, or never did. */
    public Optional<Duration> ran() {
        return activated.flatMap(from -> ended.map(to -> Duration.between(from, to)));
    }
}

package io.flamenco.manager.domain;

import io.flamenco.shared.id.WorkerId;

/** What can happen to a task. */
public sealed interface TaskEvent {

    /** A Worker is given the task. */
    record Assigned(WorkerId worker) implements TaskEvent {}

    /** A Worker reports how far it is. */
    record Reported(WorkerId worker, Outcome outcome) implements TaskEvent {}

    /** A Worker hands the task back, or is gone. */
    record Returned(WorkerId worker) implements TaskEvent {}

    /** The Server wants it stopped. */
    record CancelWanted() implements TaskEvent {}

    /** The Worker had its time to stop. */
    record StopOverdue() implements TaskEvent {}

    /** Nobody has reported for too long. */
    record TimedOut() implements TaskEvent {}

    /** Nobody is left who could try it again. */
    record GivenUp() implements TaskEvent {}

    /** The Server sent the task with that status, knowing everything that was told to it. */
    record Downloaded(String status) implements TaskEvent {}

    /** What a Worker says of its task. */
    enum Outcome {
        /** It runs. */
        RUNNING,
        /** It is done. */
        COMPLETED,
        /** It failed, and another Worker shall try. */
        SOFT_FAILED,
        /** It failed for good. */
        FAILED,
        /** It was stopped. */
        CANCELED
    }
}

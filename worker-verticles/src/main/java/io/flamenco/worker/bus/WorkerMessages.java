package io.flamenco.worker.bus;

import io.flamenco.shared.id.TaskId;

/** What the verticles of a Worker tell and ask each other. */
public sealed interface WorkerMessages {

    /** The states of a Worker that the verticles tell apart. */
    enum State {
        STARTING,
        AWAKE,
        ASLEEP,
        ERROR,
        SHUTTING_DOWN
    }

    /** The Worker is in that state from now on. */
    record StateChanged(State state) implements WorkerMessages {}

    /** Which state is the Worker in? */
    record StateAsked() implements WorkerMessages {}

    /**
     * Take that status.
     *
     * @param status the name on the wire
     */
    record StatusRequested(String status) implements WorkerMessages {}

    /** The Manager does not accept the Worker's credentials any more. */
    record CredentialsRefused() implements WorkerMessages {}

    /**
     * The Worker cannot go on.
     *
     * @param reason a sentence for people
     */
    record GaveUp(String reason) implements WorkerMessages {}

    /** A task has begun. */
    record TaskStarted(TaskId task) implements WorkerMessages {}

    /** A task has ended, whatever came of it. */
    record TaskEnded(TaskId task) implements WorkerMessages {}

    /**
     * Stop the task, because it may not run any longer; nothing happens when another one runs.
     *
     * @param reason for people
     */
    record StopTask(TaskId task, String reason) implements WorkerMessages {}

    /** What is the task loop doing? */
    record DoingAsked() implements WorkerMessages {}

    /**
     * What the task loop is doing.
     *
     * @param what for people
     */
    record Doing(String what) implements WorkerMessages {}

    /** There are new updates in the outbox. */
    record OutboxGrew() implements WorkerMessages {}

    /** Send what is in the outbox now. */
    record FlushOutbox() implements WorkerMessages {}
}

package io.flamenco.worker.domain;

import java.util.Optional;

/**
 * The state of a Worker, and what follows from what happens to it. Follows the Flamenco 2 protocol, except that a Worker in
 * error can be woken, sent to sleep and shut down like any other.
 */
public sealed interface WorkerState {

    /** Has not been accepted by the Manager yet. */
    record Starting() implements WorkerState {}

    /** Asks for tasks, or runs one. */
    record Awake() implements WorkerState {}

    /** Asks for nothing but a change of its status. */
    record Asleep() implements WorkerState {}

    /** Something on its machine is wrong; it tries again after a while. */
    record InError() implements WorkerState {}

    /** Ends. */
    record ShuttingDown() implements WorkerState {}

    /** What can happen to a Worker. */
    sealed interface Event {}

    /** The Manager has accepted it. */
    record Accepted() implements Event {}

    /**
     * Somebody wants another status of it.
     *
     * @param status as it came over the wire; an unknown one means sleep
     */
    record Requested(String status) implements Event {}

    /** It has been in error for long enough to try again. */
    record ErrorWaitedOut() implements Event {}

    /**
     * What follows.
     *
     * @param state the state from now on
     * @param acknowledge what to tell the Manager; empty for nothing
     */
    record Step(WorkerState state, Optional<String> acknowledge) {}

    /** Whether it asks for tasks. */
    default boolean awake() {
        return this instanceof Awake;
    }

    /** What follows from an event in this state. */
    default Step on(Event event) {
        if (this instanceof ShuttingDown) {
            return silently(this);
        }
        return switch (event) {
            case Accepted accepted -> accepted();
            case ErrorWaitedOut waited -> this instanceof InError ? told(new Awake(), "awake") : silently(this);
            case Requested requested -> requested(requested.status());
        };
    }

    private Step accepted() {
        return switch (this) {
            case Starting starting -> silently(new Awake());
            case Asleep asleep -> told(this, "asleep");
            case InError error -> told(this, "error");
            case Awake awake -> silently(this);
            case ShuttingDown ending -> silently(this);
        };
    }

    private static Step requested(String status) {
        return switch (status) {
            case "awake" -> told(new Awake(), "awake");
            case "error" -> told(new InError(), "error");
            case "shutdown" -> silently(new ShuttingDown()); // signing off is the acknowledgement
            default -> told(new Asleep(), "asleep");
        };
    }

    private static Step silently(WorkerState state) {
        return new Step(state, Optional.empty());
    }

    private static Step told(WorkerState state, String status) {
        return new Step(state, Optional.of(status));
    }
}

package io.flamenco.shared.status;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statuses of a task in the Flamenco 2 protocol. */
public enum TaskStatus {
    /** The job is still being compiled; known to the Server only. */
    UNDER_CONSTRUCTION("under-construction"),
    /** The job is on hold; known to the Server only. */
    PAUSED("paused"),
    /** On the Server, not yet handed to a Manager. */
    QUEUED("queued"),
    /** In a Manager's queue. */
    CLAIMED_BY_MANAGER("claimed-by-manager"),
    /** A Worker runs it. */
    ACTIVE("active"),
    /** Somebody wants it stopped; the Worker may still run it. */
    CANCEL_REQUESTED("cancel-requested"),
    /** Stopped on request. */
    CANCELED("canceled"),
    /** All commands succeeded. */
    COMPLETED("completed"),
    /** Failed for good. */
    FAILED("failed"),
    /** Failed on at least one Worker; another one will try. */
    SOFT_FAILED("soft-failed");

    private static final Map<String, TaskStatus> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toMap(TaskStatus::wire, Function.identity()));

    private final String wire;

    TaskStatus(String wire) {
        this.wire = wire;
    }

    /** The name on the wire and in the database. */
    public String wire() {
        return wire;
    }

    /** The status of that exact name; empty for a name that the protocol does not know. */
    public static Optional<TaskStatus> parse(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    /** Whether a Manager may hand the task to a Worker. */
    public boolean schedulable() {
        return this == QUEUED || this == CLAIMED_BY_MANAGER || this == SOFT_FAILED;
    }

    /** Whether nothing more happens to the task unless somebody queues it again. */
    public boolean finished() {
        return this == CANCELED || this == COMPLETED || this == FAILED;
    }

    @Override
    public String toString() {
        return wire;
    }
}

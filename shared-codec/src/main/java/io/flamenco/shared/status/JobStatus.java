package io.flamenco.shared.status;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statuses of a job in the Flamenco 2 protocol; they are known to the Server only. */
public enum JobStatus {
    /** Stored, not compiled: files are still being copied. */
    WAITING_FOR_FILES("waiting-for-files"),
    /** Being compiled to tasks. */
    UNDER_CONSTRUCTION("under-construction"),
    /** The compiler refused it. */
    CONSTRUCTION_FAILED("construction-failed"),
    /** On hold until somebody queues it. */
    PAUSED("paused"),
    /** Ready; a Manager may fetch its tasks. */
    QUEUED("queued"),
    /** At least one task has started. */
    ACTIVE("active"),
    /** Cancelling waits for the Manager's confirmation. */
    CANCEL_REQUESTED("cancel-requested"),
    /** Stopped on request. */
    CANCELED("canceled"),
    /** Failing waits for the Manager's confirmation. */
    FAIL_REQUESTED("fail-requested"),
    /** Too many tasks failed. */
    FAILED("failed"),
    /** All tasks are completed. */
    COMPLETED("completed"),
    /** For a moment only: its tasks are being queued again. */
    REQUEUED("requeued"),
    /** Being moved to the archive. */
    ARCHIVING("archiving"),
    /** Tasks are gone, the archive file is kept. */
    ARCHIVED("archived");

    private static final Map<String, JobStatus> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toMap(JobStatus::wire, Function.identity()));

    private final String wire;

    JobStatus(String wire) {
        this.wire = wire;
    }

    /** The name on the wire and in the database. */
    public String wire() {
        return wire;
    }

    /** The status of that exact name; empty for a name that the protocol does not know. */
    public static Optional<JobStatus> parse(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    /** Whether a Manager may fetch the job's tasks. */
    public boolean runnable() {
        return this == QUEUED || this == ACTIVE || this == CANCEL_REQUESTED;
    }

    @Override
    public String toString() {
        return wire;
    }
}

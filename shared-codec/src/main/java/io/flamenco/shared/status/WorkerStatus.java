package io.flamenco.shared.status;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statuses of a Worker as its Manager sees it, in the Flamenco 2 protocol. */
public enum WorkerStatus {
    /** Registered, never seen since. */
    REGISTERED(""),
    /** Signed on, has not asked for a task yet. */
    STARTING("starting"),
    /** Runs a task or asks for one. */
    AWAKE("awake"),
    /** Asks for nothing but a change of its status. */
    ASLEEP("asleep"),
    /** Runs test tasks only. */
    TESTING("testing"),
    /** A check on the Worker's own machine failed. */
    ERROR("error"),
    /** Not seen for too long. */
    TIMEOUT("timeout"),
    /** Signed off. */
    OFFLINE("offline"),
    /** Can be requested of a Worker; never the status of one. */
    SHUTDOWN("shutdown");

    private static final Map<String, WorkerStatus> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toMap(WorkerStatus::wire, Function.identity()));

    private final String wire;

    WorkerStatus(String wire) {
        this.wire = wire;
    }

    /** The name on the wire and in the database. */
    public String wire() {
        return wire;
    }

    /** The status of that exact name; empty for a name that the protocol does not know. */
    public static Optional<WorkerStatus> parse(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    @Override
    public String toString() {
        return wire;
    }
}

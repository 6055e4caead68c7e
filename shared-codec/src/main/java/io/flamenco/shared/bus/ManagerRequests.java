package io.flamenco.shared.bus;

import io.flamenco.shared.id.WorkerId;

/** What people and tools may send to a Manager. */
public sealed interface ManagerRequests {

    /** Which Worker it is about. */
    WorkerId workerId();

    /**
     * A Worker shall take a status.
     *
     * @param status {@code awake}, {@code asleep} or {@code shutdown}
     * @param lazy whether it may finish its task first
     */
    record RequestStatus(WorkerId workerId, String status, boolean lazy) implements ManagerRequests {}

    /** Somebody has seen that a Worker fell silent. */
    record AcknowledgeTimeout(WorkerId workerId) implements ManagerRequests {}

    /** A Worker shall run a test job. */
    record SendTestJob(WorkerId workerId) implements ManagerRequests {}
}

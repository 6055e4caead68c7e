package io.flamenco.server.workers;

import io.flamenco.server.store.StatusOrders.StatusOrder;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.WorkerReport;
import io.flamenco.shared.wire.WorkerReportAnswer;

/** What is asked of the one who knows the Workers of all Managers. */
public sealed interface CrewOrder {

    /** A Manager tells of its Workers, and hears what is wanted of them. */
    Command<Report, WorkerReportAnswer> REPORT =
            new Command<>("server.workers.report", Report.class, WorkerReportAnswer.class);

    /** Somebody wants a Worker to take another status; 404 when no Manager has told of it. */
    Command<RequestStatus, StatusOrder> REQUEST_STATUS =
            new Command<>("server.workers.request-status", RequestStatus.class, StatusOrder.class);

    /** @see #REPORT */
    record Report(ManagerId manager, WorkerReport report) implements CrewOrder {}

    /**
     * @param status {@code awake}, {@code asleep} or {@code shutdown}
     * @param lazy whether it may finish its task first
     * @param by who wants it, for people
     * @see #REQUEST_STATUS
     */
    record RequestStatus(WorkerId worker, String status, boolean lazy, String by) implements CrewOrder {}
}

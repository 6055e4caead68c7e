package io.flamenco.shared.wire;

import io.flamenco.shared.id.WorkerId;
import java.util.List;

/**
 * The Server's answer to a {@link WorkerReport}.
 *
 * @param orders named again in each answer until the Manager has told what became of them
 */
public record WorkerReportAnswer(List<Order> orders) {

    public WorkerReportAnswer {
        orders = Absent.list(orders);
    }

    /**
     * A Worker shall take another status.
     *
     * @param id 24 hexadecimal digits; an order that comes twice counts once
     * @param status {@code awake}, {@code asleep} or {@code shutdown}
     * @param lazy whether it may finish its task first
     */
    public record Order(String id, WorkerId worker, String status, boolean lazy) {}
}

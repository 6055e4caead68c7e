package io.flamenco.manager.scheduler;

import io.flamenco.shared.wire.TaskUpdate;

/** An update that the Server has not confirmed. */
final class PendingUpdate {

    /** So often the Server may leave an update unhandled before it is set aside. */
    private static final int PATIENCE = 5;

    /** Its place among all updates of tasks that are here; 0 when it has none, and so has to be taken off by itself. */
    final long number;

    TaskUpdate update;
    boolean sent;
    long writtenInTurn;
    private int refusals;

    PendingUpdate(long number, TaskUpdate update) {
        this.number = number;
        this.update = update;
    }

    void refused() {
        refusals++;
    }

    void forgive() {
        refusals = 0;
    }

    boolean quarantined() {
        return refusals >= PATIENCE;
    }

    /** Whether a later report can be added to this one: the Server has not seen it, and it moves nothing. */
    boolean open() {
        return !sent
                && update.taskStatus().isEmpty()
                && update.failedByWorkers().isEmpty();
    }
}

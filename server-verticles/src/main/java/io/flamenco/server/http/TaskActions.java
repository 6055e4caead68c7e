package io.flamenco.server.http;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.jobs.Sight;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;

/** What people can have done to a task. */
final class TaskActions {

    private final FarmBus bus;

    TaskActions(FarmBus bus) {
        this.bus = bus;
    }

    /**
     * Queues a finished task again.
     *
     * @param successors whether all tasks that wait for it are queued too, whatever their status
     * @param seen on what condition
     */
    Future<?> requeue(TaskId id, boolean successors, Sight seen) {
        return change(successors ? new JobOrder.RequeueWithSuccessors(id) : new JobOrder.RequeueTask(id), seen);
    }

    /**
     * Stops a task that is not finished.
     *
     * @param seen on what condition
     */
    Future<?> cancel(TaskId id, Sight seen) {
        return change(new JobOrder.CancelTask(id), seen);
    }

    private Future<?> change(JobOrder.Change change, Sight seen) {
        return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(change, seen));
    }
}

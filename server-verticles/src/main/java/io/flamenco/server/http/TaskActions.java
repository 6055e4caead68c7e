package io.flamenco.server.http;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import java.util.function.Predicate;

/** What people can have done to a task. */
final class TaskActions {

    private final Tasks tasks;
    private final FarmBus bus;

    TaskActions(Tasks tasks, FarmBus bus) {
        this.tasks = tasks;
        this.bus = bus;
    }

    /**
     * Queues a finished task again.
     *
     * @param successors whether all tasks that wait for it are queued too, whatever their status
     */
    Future<?> requeue(TaskId id, boolean successors) {
        return successors
                ? bus.ask(JobOrder.REQUEUE_WITH_SUCCESSORS, new JobOrder.RequeueWithSuccessors(id))
                : stand(id, TaskStatus::finished, "queued again")
                        .compose(fine ->
                                bus.ask(JobOrder.SET_TASK_STATUS, new JobOrder.SetTaskStatus(id, TaskStatus.QUEUED)));
    }

    /** Stops a task that is not finished. */
    Future<?> cancel(TaskId id) {
        return stand(id, status -> status.schedulable() || status == TaskStatus.ACTIVE, "canceled")
                .compose(status -> bus.ask(
                        JobOrder.SET_TASK_STATUS,
                        new JobOrder.SetTaskStatus(
                                id, status == TaskStatus.QUEUED ? TaskStatus.CANCELED : TaskStatus.CANCEL_REQUESTED)));
    }

    private Future<TaskStatus> stand(TaskId id, Predicate<TaskStatus> fine, String participle) {
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")))
                .map(task -> {
                    TaskStatus status = task.state().status();
                    if (!fine.test(status)) {
                        throw new HttpFailure(409, "The task is " + status + ", so it cannot be " + participle + ".");
                    }
                    return status;
                });
    }
}

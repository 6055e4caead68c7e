package io.flamenco.server.jobs;

import static io.flamenco.server.jobs.JobChanges.conflict;

import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskState;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Does to single tasks what people want of them. */
final class TaskDesk {

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobChanges changes;

    TaskDesk(Jobs jobs, Tasks tasks, JobChanges changes) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.changes = changes;
    }

    Future<Void> set(TaskId id, TaskStatus status) {
        return changes.task(id).compose(task -> set(task, status));
    }

    /** Queues a task that is finished. */
    Future<Void> requeue(TaskId id) {
        return changes.task(id)
                .compose(task -> task.state().status().finished()
                        ? set(task, TaskStatus.QUEUED)
                        : conflict("The task is " + task.state().status() + ", so it cannot be queued again."));
    }

    /** Stops a task that is not finished; one that no Manager has yet is canceled at once. */
    Future<Void> cancel(TaskId id) {
        return changes.task(id).compose(task -> {
            TaskStatus status = task.state().status();
            if (!status.schedulable() && status != TaskStatus.ACTIVE) {
                return conflict("The task is " + status + ", so it cannot be canceled.");
            }
            return set(task, status == TaskStatus.QUEUED ? TaskStatus.CANCELED : TaskStatus.CANCEL_REQUESTED);
        });
    }

    private Future<Void> set(StoredTask task, TaskStatus status) {
        return changes.job(task.state().job())
                .compose(job -> takesTasks(job, status)
                        ? setAll(List.of(task.id()), status)
                        : conflict("The job is " + job.status() + ", so its tasks cannot be set to " + status
                                + "; queue the job first."));
    }

    Future<Void> requeueFailed(JobId id) {
        return changes.job(id)
                .compose(
                        job -> job.status() == JobStatus.ACTIVE || job.status() == JobStatus.QUEUED
                                ? tasks.ids(id, TaskStatus.FAILED).compose(failed -> setAll(failed, TaskStatus.QUEUED))
                                : conflict(
                                        "The job is " + job.status()
                                                + "; only of a queued or active job can the failed tasks be queued again. Queue the whole job."));
    }

    Future<Void> requeueSuccessors(TaskId root) {
        return changes.task(root)
                .compose(task -> changes.job(task.state().job()))
                .compose(job -> takesTasks(job, TaskStatus.QUEUED)
                        ? withSuccessors(job.id(), root)
                        : conflict("The job is " + job.status() + "; queue the job first."))
                .compose(all -> setAll(all, TaskStatus.QUEUED));
    }

    private static boolean takesTasks(StoredJob job, TaskStatus status) {
        return switch (job.status()) {
            case ARCHIVING, ARCHIVED, UNDER_CONSTRUCTION, WAITING_FOR_FILES, CONSTRUCTION_FAILED, REQUEUED -> false;
            case CANCELED, FAILED, CANCEL_REQUESTED, FAIL_REQUESTED -> status != TaskStatus.QUEUED;
            case PAUSED, QUEUED, ACTIVE, COMPLETED -> true;
        };
    }

    private Future<Set<TaskId>> withSuccessors(JobId job, TaskId root) {
        Set<TaskId> found = new LinkedHashSet<>(List.of(root));
        return follow(job, new ArrayDeque<>(found), found).map(found);
    }

    private Future<Void> follow(JobId job, Deque<TaskId> open, Set<TaskId> found) {
        TaskId next = open.poll();
        if (next == null) {
            return Future.succeededFuture();
        }
        return tasks.children(job, next).compose(children -> {
            children.stream().filter(found::add).forEach(open::add);
            return follow(job, open, found);
        });
    }

    private Future<Void> setAll(Collection<TaskId> ids, TaskStatus status) {
        return tasks.states(ids)
                .compose(states -> jobs.find(jobsOf(states)).compose(found -> {
                    Ledger ledger = new Ledger(
                            states, found.stream().map(StoredJob::state).toList());
                    Instant now = changes.moment();
                    ids.forEach(id -> ledger.set(id, status, now));
                    return changes.write(ledger);
                }));
    }

    private static List<JobId> jobsOf(List<TaskState> states) {
        return states.stream().map(TaskState::job).distinct().toList();
    }
}

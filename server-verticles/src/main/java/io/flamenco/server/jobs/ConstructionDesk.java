package io.flamenco.server.jobs;

import static io.flamenco.server.jobs.JobChanges.conflict;

import io.flamenco.server.domain.JobMachine;
import io.flamenco.server.store.StoredJob;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;

/** Hands jobs over to the compiler and takes them back. */
final class ConstructionDesk {

    /** Of which a Manager has to let go first. */
    static final Set<TaskStatus> AT_MANAGER = EnumSet.of(
            TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.ACTIVE, TaskStatus.SOFT_FAILED, TaskStatus.CANCEL_REQUESTED);

    private final JobChanges changes;

    ConstructionDesk(JobChanges changes) {
        this.changes = changes;
    }

    Future<Void> begin(JobOrder.Reconstruct order) {
        return changes.job(order.job())
                .compose(job -> order.from().contains(job.status())
                                && job.state().tasks().of(AT_MANAGER) == 0
                        ? changes.store(job, job.state().with(JobStatus.UNDER_CONSTRUCTION, order.reason()), false)
                        : conflict("The job is " + job.status() + ", so it cannot be compiled."));
    }

    Future<Void> release(JobOrder.Release order) {
        return underConstruction(order.job())
                .compose(job ->
                        changes.store(job, JobMachine.constructed(job.state(), order.tasks(), order.paused()), true));
    }

    Future<Void> giveUp(JobOrder.GiveUp order) {
        return underConstruction(order.job())
                .compose(job ->
                        changes.store(job, job.state().with(JobStatus.CONSTRUCTION_FAILED, order.reason()), false));
    }

    private Future<StoredJob> underConstruction(JobId id) {
        return changes.job(id)
                .compose(job -> job.status() == JobStatus.UNDER_CONSTRUCTION
                        ? Future.succeededFuture(job)
                        : conflict("The job is " + job.status() + " and not under construction."));
    }
}

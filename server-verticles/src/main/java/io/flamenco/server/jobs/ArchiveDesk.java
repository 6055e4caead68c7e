package io.flamenco.server.jobs;

import static io.flamenco.server.jobs.JobChanges.conflict;

import io.flamenco.server.domain.JobMachine;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;

/**
 * Takes jobs out of circulation for the archive, and back. While one comes back it is under construction, so that nobody
 * touches it before it is whole.
 */
final class ArchiveDesk {

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobChanges changes;

    ArchiveDesk(Jobs jobs, Tasks tasks, JobChanges changes) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.changes = changes;
    }

    Future<Void> begin(JobId id) {
        return changes.job(id)
                .compose(job -> JobMachine.archivable(job.state())
                        ? jobs.rememberStatus(id, job.status()).compose(done -> move(job, JobStatus.ARCHIVING))
                        : conflict("The job is " + job.status()
                                + " or has tasks with its Manager, so it cannot be archived."));
    }

    Future<Void> finish(JobOrder.FinishArchive order) {
        return changes.job(order.job())
                .compose(job -> job.status() == JobStatus.ARCHIVING
                        ? jobs.rememberArchive(order.job(), order.file())
                                .compose(remembered -> tasks.removeOf(order.job()))
                                .compose(removed -> move(job, JobStatus.ARCHIVED))
                        : conflict("The job is " + job.status() + " and not being archived."));
    }

    Future<Void> beginRestore(JobId id) {
        return changes.job(id)
                .compose(job -> job.status() == JobStatus.ARCHIVED
                        ? jobs.markRestoring(id).compose(done -> move(job, JobStatus.UNDER_CONSTRUCTION))
                        : conflict("The job is " + job.status() + "; only an archived one can be restored."));
    }

    Future<Void> finishRestore(JobId id) {
        return changes.job(id)
                .compose(job -> job.status() == JobStatus.UNDER_CONSTRUCTION
                        ? tasks.count(id).compose(counts -> restored(job, counts))
                        : conflict("The job is " + job.status() + " and not being restored."));
    }

    private Future<Void> restored(StoredJob job, TaskCounts counts) {
        JobState after = job.state()
                .with(counts)
                .with(job.statusBeforeArchive(), job.state().reason());
        return changes.tellOnce(job, after, now -> jobs.leaveArchive(after, now));
    }

    /** The job stays in the archive; what was restored of its tasks is removed. */
    Future<Void> giveUpRestore(JobId id) {
        return changes.job(id)
                .compose(job -> tasks.removeOf(id)
                        .compose(removed -> move(job, JobStatus.ARCHIVED))
                        .compose(stored -> jobs.unmarkRestoring(id)));
    }

    private Future<Void> move(StoredJob job, JobStatus to) {
        JobState after = job.state().with(to, job.state().reason());
        return changes.store(job, after, false);
    }
}

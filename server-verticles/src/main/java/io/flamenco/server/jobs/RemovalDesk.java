package io.flamenco.server.jobs;

import static io.flamenco.server.jobs.JobChanges.conflict;

import io.flamenco.server.files.JobFiles;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Removes jobs with all that belongs to them; the document of the job goes last, so that a crash leaves no half of it. */
final class RemovalDesk {

    private static final Set<JobStatus> IN_THE_WORKS = EnumSet.of(JobStatus.ARCHIVING, JobStatus.UNDER_CONSTRUCTION);

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobFiles files;
    private final JobBook book;

    RemovalDesk(Jobs jobs, Tasks tasks, JobFiles files, JobBook book) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.files = files;
        this.book = book;
    }

    Future<Void> remove(StoredJob job) {
        boolean running = job.status().runnable() || job.state().tasks().of(ConstructionDesk.AT_MANAGER) > 0;
        if (running) {
            return conflict("The job is " + job.status() + " and may have running tasks; cancel it first.");
        }
        if (IN_THE_WORKS.contains(job.status())) {
            return conflict("The job is " + job.status() + "; try again when that is done.");
        }
        return jobs.markRemoving(job.id())
                .compose(marked -> finish(List.of(job.id())))
                .onSuccess(removed -> book.forget(job.state()));
    }

    /** Finishes removals that have begun. */
    Future<Void> finish(List<JobId> ids) {
        Future<Void> removed = Future.succeededFuture();
        for (JobId id : ids) {
            removed = removed.compose(before -> tasks.removeOf(id))
                    .compose(gone -> files.remove(id))
                    .compose(gone -> jobs.remove(id));
        }
        return removed;
    }
}

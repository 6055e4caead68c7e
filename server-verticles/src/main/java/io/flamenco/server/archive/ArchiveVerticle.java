package io.flamenco.server.archive;

import io.flamenco.server.files.JobFiles;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.ArchivedTasks;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves jobs to the archive and back, one after the other; finishes at start what the end of the Server broke off. Runs once. */
public final class ArchiveVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveVerticle.class);

    private final Jobs jobs;
    private final Tasks tasks;
    private final ArchivedTasks archived;
    private final JobFiles files;
    private Future<Void> queue = Future.succeededFuture();

    public ArchiveVerticle(Jobs jobs, Tasks tasks, ArchivedTasks archived, JobFiles files) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.archived = archived;
        this.files = files;
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        Archiving archiving = new Archiving(vertx, jobs, archived, files, bus);
        Restoring restoring = new Restoring(vertx, tasks, archived, files, bus);
        bus.answer(ArchiveOrder.ARCHIVE, order -> begin(order, archiving, bus));
        bus.answer(ArchiveOrder.RESTORE, order -> begin(order, restoring, bus));
        return jobs.of(JobStatus.ARCHIVING)
                .onSuccess(interrupted -> interrupted.forEach(job -> archive(job.id(), archiving)))
                .compose(found -> jobs.beingRestored())
                .onSuccess(interrupted -> interrupted.forEach(job -> restore(job, restoring)));
    }

    private Future<Done> begin(ArchiveOrder.Archive order, Archiving archiving, FarmBus bus) {
        JobOrder.Change begin = new JobOrder.BeginArchive(order.job());
        return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(begin, order.seen()))
                .onSuccess(begun -> archive(order.job(), archiving));
    }

    private Future<Done> begin(ArchiveOrder.Restore order, Restoring restoring, FarmBus bus) {
        JobId job = order.job();
        return files.archived(job)
                .compose(there -> jobs.find(job).compose(found -> {
                    boolean lost = !there
                            && found.filter(one -> one.status() == JobStatus.ARCHIVED)
                                    .isPresent();
                    return lost
                            ? Future.failedFuture(new HttpFailure(
                                    409,
                                    "The archive " + JobFiles.archiveName(job) + " of the job " + job + " is not in "
                                            + files.archives() + "; put it back there first."))
                            : bus.ask(
                                    JobOrder.CHANGE, new JobOrder.Wanted(new JobOrder.BeginRestore(job), order.seen()));
                }))
                .onSuccess(begun -> restore(job, restoring));
    }

    private void archive(JobId job, Archiving archiving) {
        enqueue(() -> archiving
                .archive(job)
                .onSuccess(archived -> LOG.info("A job is in the archive. job={}", job))
                .onFailure(failure -> LOG.error(
                        "A job could not be archived; it will be tried again at the next start. job={}",
                        job,
                        failure)));
    }

    private void restore(JobId job, Restoring restoring) {
        enqueue(() -> restoring
                .restore(job)
                .onSuccess(restored -> LOG.info("A job is back from the archive. job={}", job))
                .onFailure(failure ->
                        LOG.error("A job could not be restored; it stays in the archive. job={}", job, failure)));
    }

    private void enqueue(Supplier<Future<Void>> work) {
        queue = queue.transform(before -> work.get());
    }
}

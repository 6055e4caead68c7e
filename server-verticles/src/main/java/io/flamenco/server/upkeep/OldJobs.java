package io.flamenco.server.upkeep;

import io.flamenco.server.archive.ArchiveOrder;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.jobs.Sight;
import io.flamenco.server.store.Jobs;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Archives and removes jobs by their age. One that refuses is left for the next time. */
final class OldJobs {

    private static final Logger LOG = LoggerFactory.getLogger(OldJobs.class);

    /** Of each kind, so that an hour's clean-up keeps nobody else waiting for long. */
    private static final int MOST_AT_ONCE = 200;

    private static final List<JobStatus> ENDED = List.of(JobStatus.COMPLETED, JobStatus.CANCELED, JobStatus.FAILED);

    private final Jobs jobs;
    private final FarmBus bus;
    private final Retention retention;

    OldJobs(Jobs jobs, FarmBus bus, Retention retention) {
        this.jobs = jobs;
        this.bus = bus;
        this.retention = retention;
    }

    Future<Void> cleanUp(Instant now) {
        Future<Void> done = each(JobStatus.WAITING_FOR_FILES, now, retention.filesMayTake(), this::removeAbandoned);
        for (JobStatus status : ENDED) {
            done = done.compose(before -> retention
                    .archiveAfter()
                    .map(age -> each(status, now, age, this::archive))
                    .orElseGet(Future::succeededFuture));
        }
        return done.compose(before -> retention
                .deleteArchivesAfter()
                .map(age -> each(JobStatus.ARCHIVED, now, age, this::removeArchived))
                .orElseGet(Future::succeededFuture));
    }

    private Future<Void> each(JobStatus status, Instant now, Duration age, Function<JobId, Future<?>> order) {
        return jobs.untouchedSince(status, now.minus(age), MOST_AT_ONCE).compose(old -> {
            Future<Void> done = Future.succeededFuture();
            for (JobId job : old) {
                done = done.compose(before -> order.apply(job)).transform(outcome -> {
                    if (outcome.failed()) {
                        LOG.warn("An old job could not be cleaned up. job={} status={}", job, status, outcome.cause());
                    }
                    return Future.succeededFuture();
                });
            }
            return done;
        });
    }

    private Future<?> removeAbandoned(JobId job) {
        LOG.info("The files of a job never came; it is removed. job={}", job);
        return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(new JobOrder.Delete(job)));
    }

    private Future<?> archive(JobId job) {
        LOG.info("A job ended long ago; it goes to the archive. job={}", job);
        return bus.ask(ArchiveOrder.ARCHIVE, new ArchiveOrder.Archive(job, Sight.NOTHING));
    }

    private Future<?> removeArchived(JobId job) {
        LOG.info("A job was archived long ago; it is removed. job={}", job);
        return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(new JobOrder.Delete(job)));
    }
}

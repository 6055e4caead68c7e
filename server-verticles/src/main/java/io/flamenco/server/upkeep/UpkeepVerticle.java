package io.flamenco.server.upkeep;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after jobs that nobody looks after. Runs once. */
public final class UpkeepVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepVerticle.class);
    private static final Duration RUNNABILITY_EVERY = Duration.ofMinutes(10);
    private static final Duration ABANDONED_EVERY = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Set<TaskStatus> WAITING =
            EnumSet.of(TaskStatus.QUEUED, TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.SOFT_FAILED);
    private static final Set<TaskStatus> LOST = EnumSet.of(TaskStatus.FAILED, TaskStatus.CANCELED);

    private final Jobs jobs;
    private final Tasks tasks;
    private final Timers timers;
    private final Clock clock;
    private final Duration filesMayTake;

    /**
     * @param filesMayTake how long a job may wait for its files before it is removed
     */
    public UpkeepVerticle(Jobs jobs, Tasks tasks, Timers timers, Clock clock, Duration filesMayTake) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.timers = timers;
        this.clock = clock;
        this.filesMayTake = filesMayTake;
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        timers.every("runnability", SOON, RUNNABILITY_EVERY, () -> failUnrunnable(bus));
        timers.every("abandoned jobs", SOON, ABANDONED_EVERY, () -> removeAbandoned(bus));
        return Future.succeededFuture();
    }

    private Future<Void> failUnrunnable(FarmBus bus) {
        return jobs.of(JobStatus.ACTIVE).compose(active -> {
            Future<Void> checked = Future.succeededFuture();
            for (StoredJob job : active) {
                boolean worthIt =
                        job.state().tasks().of(LOST) > 0 && job.state().tasks().of(WAITING) > 0;
                checked = worthIt ? checked.compose(before -> check(job, bus)) : checked;
            }
            return checked;
        });
    }

    private Future<Void> check(StoredJob job, FarmBus bus) {
        return tasks.countWaitingFor(job.id(), WAITING, LOST).compose(stuck -> {
            if (stuck == 0) {
                return Future.succeededFuture();
            }
            String reason = stuck + " of the job's tasks can no longer run, because tasks that they wait for failed or"
                    + " were canceled.";
            LOG.info("A job cannot go on. job={} stuck_tasks={}", job.id(), stuck);
            return bus.ask(JobOrder.SET_STATUS, new JobOrder.SetJobStatus(job.id(), JobStatus.FAIL_REQUESTED, reason))
                    .mapEmpty();
        });
    }

    private Future<Void> removeAbandoned(FarmBus bus) {
        Instant before = clock.instant().minus(filesMayTake);
        return jobs.of(JobStatus.WAITING_FOR_FILES).compose(waiting -> {
            List<StoredJob> abandoned = waiting.stream()
                    .filter(job -> job.updated().isBefore(before))
                    .toList();
            Future<Void> removed = Future.succeededFuture();
            for (StoredJob job : abandoned) {
                LOG.info("The files of a job never came; it is removed. job={}", job.id());
                removed = removed.compose(gone -> bus.ask(JobOrder.DELETE, new JobOrder.Delete(job.id())))
                        .mapEmpty();
            }
            return removed;
        });
    }
}

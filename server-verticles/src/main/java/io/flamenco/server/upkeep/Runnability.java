package io.flamenco.server.upkeep;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fails active jobs of which tasks can never run, because one that they wait for failed or was canceled. */
final class Runnability {

    private static final Logger LOG = LoggerFactory.getLogger(Runnability.class);
    private static final Set<TaskStatus> WAITING =
            EnumSet.of(TaskStatus.QUEUED, TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.SOFT_FAILED);
    private static final Set<TaskStatus> LOST = EnumSet.of(TaskStatus.FAILED, TaskStatus.CANCELED);

    private final Jobs jobs;
    private final Tasks tasks;
    private final FarmBus bus;

    Runnability(Jobs jobs, Tasks tasks, FarmBus bus) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.bus = bus;
    }

    Future<Void> check() {
        return jobs.of(JobStatus.ACTIVE).compose(active -> {
            Future<Void> checked = Future.succeededFuture();
            for (StoredJob job : active) {
                boolean worthIt =
                        job.state().tasks().of(LOST) > 0 && job.state().tasks().of(WAITING) > 0;
                checked = worthIt ? checked.compose(before -> check(job)) : checked;
            }
            return checked;
        });
    }

    private Future<Void> check(StoredJob job) {
        return tasks.countWaitingFor(job.id(), WAITING, LOST).compose(stuck -> {
            if (stuck == 0) {
                return Future.succeededFuture();
            }
            String reason = stuck + " of the job's tasks can no longer run, because tasks that they wait for failed or"
                    + " were canceled.";
            LOG.info("A job cannot go on. job={} stuck_tasks={}", job.id(), stuck);
            JobOrder.Change fail = new JobOrder.SetJobStatus(job.id(), JobStatus.FAIL_REQUESTED, reason);
            return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(fail)).mapEmpty();
        });
    }
}

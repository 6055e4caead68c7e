package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobEvent;
import io.flamenco.server.domain.JobMachine;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskEffect;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what a ledger says over to the database, so that a crash between two writes can be made good.
 *
 * <p>Order of the writes: first the jobs whose tasks are about to change are marked as unsettled, with the status that
 * sets the change off; then single tasks; then whole sets of tasks; then the jobs with their new counts. At start, and
 * after a failed write, unsettled jobs are counted anew and what their status demands is done again, which is harmless
 * when it was done before.
 */
final class JobBook {

    private static final Logger LOG = LoggerFactory.getLogger(JobBook.class);

    private final Jobs jobs;
    private final Tasks tasks;
    private final Map<ManagerId, Set<JobId>> stopping = new HashMap<>();

    JobBook(Jobs jobs, Tasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    /** Stores everything that the ledger's events changed. */
    Future<Void> write(Ledger ledger, Instant now) {
        List<JobState> after =
                ledger.changedJobs().stream().map(Ledger.ChangedJob::after).toList();
        return announce(ledger, now)
                .compose(announced -> tasks.write(ledger.changedTasks(), now))
                .compose(written -> tasks.writeAll(ledger.effects(), now))
                .compose(moved -> jobs.write(after, false, released(ledger), now))
                .onSuccess(written -> after.forEach(this::remember));
    }

    /** Stores jobs that changed without their tasks. */
    Future<Void> write(JobState job, boolean release, Instant now) {
        return jobs.write(List.of(job), false, release ? List.of(job.id()) : List.of(), now)
                .onSuccess(written -> remember(job));
    }

    /** The tasks that this Manager shall stop. */
    Future<List<TaskId>> toCancel(ManagerId manager) {
        List<TaskId> all = new ArrayList<>();
        Future<Void> found = Future.succeededFuture();
        for (JobId job : List.copyOf(stopping.getOrDefault(manager, Set.of()))) {
            found = found.compose(before -> tasks.ids(job, TaskStatus.CANCEL_REQUESTED))
                    .map(ids -> {
                        all.addAll(ids);
                        return null;
                    });
        }
        return found.map(done -> all);
    }

    /** Counts jobs anew and does again what their status demands. */
    Future<Void> repair(Collection<StoredJob> doubtful, Instant now) {
        Future<Void> repaired = Future.succeededFuture();
        for (StoredJob job : doubtful) {
            repaired = repaired.compose(before -> tasks.count(job.id())).compose(counts -> {
                Ledger ledger = new Ledger(List.of(), List.of(job.state().with(counts)));
                ledger.happen(job.id(), new JobEvent.Found());
                LOG.debug("A job was counted anew. job={} tasks={}", job.id(), counts);
                return tasks.writeAll(ledger.effects(), now).compose(done -> rewrite(ledger, job.id(), now));
            });
        }
        return repaired;
    }

    private Future<Void> rewrite(Ledger ledger, JobId id, Instant now) {
        JobState job = ledger.job(id);
        return job == null
                ? Future.succeededFuture()
                : jobs.write(List.of(job), false, released(ledger), now).onSuccess(written -> remember(job));
    }

    private Future<Void> announce(Ledger ledger, Instant now) {
        Map<JobId, JobState> viaStatus = new LinkedHashMap<>();
        ledger.effects().forEach(effects -> viaStatus.put(effects.job().id(), effects.job()));
        Set<JobId> resting = new HashSet<>();
        for (Ledger.ChangedJob job : ledger.changedJobs()) {
            if (JobMachine.settled(job.before())
                    && !viaStatus.containsKey(job.before().id())) {
                resting.add(job.before().id());
            }
        }
        return jobs.write(viaStatus.values(), true, List.of(), now).compose(written -> jobs.unsettle(resting));
    }

    /** Tasks that are queued by the hundred are shown to their Manager by releasing the job. */
    private static Set<JobId> released(Ledger ledger) {
        Set<JobId> released = new HashSet<>();
        for (Ledger.JobEffects effects : ledger.effects()) {
            boolean queues = effects.effects().stream()
                    .anyMatch(effect -> effect instanceof TaskEffect.Move move && move.to() == TaskStatus.QUEUED);
            if (queues) {
                released.add(effects.job().id());
            }
        }
        return released;
    }

    private void remember(JobState job) {
        Set<JobId> ofManager = stopping.computeIfAbsent(job.manager(), manager -> new HashSet<>());
        if (job.tasks().of(TaskStatus.CANCEL_REQUESTED) > 0) {
            ofManager.add(job.id());
        } else {
            ofManager.remove(job.id());
        }
    }

    /** Forgets a job that is no more. */
    void forget(JobState job) {
        stopping.getOrDefault(job.manager(), new HashSet<>()).remove(job.id());
    }
}

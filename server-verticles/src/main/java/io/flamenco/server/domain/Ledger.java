package io.flamenco.server.domain;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Works out, in order, what many small events make of some tasks and their jobs, and remembers what has to be written.
 *
 * <p>Several changes of one task become one. They are to be written before the effects on all tasks of a job: the only
 * effects that arise here stop tasks, and a task that ended before or after is not touched by those.
 */
public final class Ledger {

    private final Map<TaskId, TaskState> tasks = new LinkedHashMap<>();
    private final Map<JobId, JobState> jobs = new LinkedHashMap<>();
    private final Map<TaskId, TaskState> before = new LinkedHashMap<>();
    private final Map<JobId, JobState> jobsBefore = new LinkedHashMap<>();
    private final Map<TaskId, TaskPatch> patches = new LinkedHashMap<>();
    private final List<JobEffects> effects = new ArrayList<>();

    /** Knows these tasks and jobs, and no others. */
    public Ledger(Collection<TaskState> tasks, Collection<JobState> jobs) {
        tasks.forEach(task -> this.tasks.put(task.id(), task));
        jobs.forEach(job -> this.jobs.put(job.id(), job));
    }

    /**
     * What happens to many tasks of a job.
     *
     * @param job how it is at that moment, its status being the one to store before the effects
     */
    public record JobEffects(JobState job, List<TaskEffect> effects) {}

    /**
     * A task that was changed by name.
     *
     * @param before as it was before all of this ledger's events
     */
    public record ChangedTask(TaskState before, TaskState after, TaskPatch patch) {}

    /** A job that was changed, before and after all of this ledger's events. */
    public record ChangedJob(JobState before, JobState after) {}

    /**
     * A Manager reports of a task. Unknown tasks and those of other Managers are left alone.
     *
     * @param status what it reports; empty when it reports none, or one that is not known
     * @param rest what else it reports
     * @param at when the Manager learnt of it
     * @return whether a task was changed
     */
    public boolean report(ManagerId manager, TaskId id, Optional<TaskStatus> status, TaskPatch rest, Instant at) {
        TaskState task = tasks.get(id);
        if (task == null || !task.manager().equals(manager)) {
            return false;
        }
        JobState job = jobs.get(task.job());
        Optional<TaskStatus> becomes =
                job == null ? Optional.empty() : status.flatMap(s -> TaskMachine.reported(task.status(), s, job));
        patch(
                task,
                becomes.map(after -> rest.with(after, task.times().after(after, at)))
                        .orElse(rest));
        becomes.ifPresent(after -> follow(task, after));
        return true;
    }

    /** Somebody sets the status of a task; one that is queued starts with a clean record. */
    public void set(TaskId id, TaskStatus status, Instant at) {
        TaskState task = tasks.get(id);
        if (task == null || task.status() == status) {
            return;
        }
        TaskPatch patch = TaskPatch.NOTHING.with(status, task.times().after(status, at));
        patch(task, status == TaskStatus.QUEUED ? patch.forgettingFailures() : patch);
        follow(task, status);
    }

    /** Something happens to a job. */
    public JobOutcome happen(JobId id, JobEvent event) {
        JobState job = jobs.get(id);
        if (job == null) {
            return new JobOutcome.Refused("There is no job " + id + ".");
        }
        JobOutcome outcome = JobMachine.on(job, event);
        if (outcome instanceof JobOutcome.Moved moved) {
            if (!moved.effects().isEmpty()) {
                effects.add(
                        new JobEffects(moved.job().with(moved.via(), moved.job().reason()), moved.effects()));
                moved.effects().forEach(effect -> carryOver(id, effect));
            }
            put(moved.job());
        }
        return outcome;
    }

    /** The job as it is now. */
    public @Nullable JobState job(JobId id) {
        return jobs.get(id);
    }

    /** The task as it is now. */
    public @Nullable TaskState task(TaskId id) {
        return tasks.get(id);
    }

    /** Tasks that were changed by name, each once. */
    public List<ChangedTask> changedTasks() {
        List<ChangedTask> changed = new ArrayList<>();
        patches.forEach((id, patch) -> {
            TaskState was = before.get(id);
            TaskState is = tasks.get(id);
            if (was != null && is != null) {
                changed.add(new ChangedTask(was, is, patch));
            }
        });
        return changed;
    }

    /** What happens to all tasks of some jobs, in order. */
    public List<JobEffects> effects() {
        return List.copyOf(effects);
    }

    /** Jobs that are not as they were, and those with effects, which are stored with another status for a while. */
    public List<ChangedJob> changedJobs() {
        List<ChangedJob> changed = new ArrayList<>();
        jobsBefore.forEach((id, was) -> {
            JobState is = jobs.get(id);
            boolean announced = effects.stream().anyMatch(one -> one.job().id().equals(id));
            if (is != null && (announced || !is.equals(was))) {
                changed.add(new ChangedJob(was, is));
            }
        });
        return changed;
    }

    private void patch(TaskState task, TaskPatch patch) {
        before.putIfAbsent(task.id(), task);
        patches.merge(task.id(), patch, TaskPatch::then);
        tasks.put(task.id(), task.patched(patch));
    }

    private void follow(TaskState before, TaskStatus after) {
        JobState job = jobs.get(before.job());
        if (job == null) {
            return;
        }
        TaskCounts counts = job.tasks().moved(before.status(), after);
        JobState counted = job.with(counts);
        put(counts.of(TaskStatus.CANCEL_REQUESTED) == 0 ? counted.queueOnceStopped(false) : counted);
        happen(before.job(), new JobEvent.TaskBecame(after));
    }

    private void carryOver(JobId job, TaskEffect effect) {
        if (effect instanceof TaskEffect.Move move) {
            tasks.replaceAll((id, task) ->
                    task.job().equals(job) && move.from().contains(task.status()) ? task.with(move.to()) : task);
        }
    }

    private void put(JobState job) {
        JobState was = jobs.put(job.id(), job);
        if (was != null) {
            jobsBefore.putIfAbsent(job.id(), was);
        }
    }
}

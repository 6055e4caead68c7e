package io.flamenco.server.domain;

import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Says what an event makes of a job.
 *
 * <p>The rules are those of the Flamenco 2 Server (tables "job status sets tasks" and "task status sets job"), with its
 * gaps closed: a job that waits for a Manager's confirmation is done when no task is left to confirm, however the last
 * one ended; a late report never revives a job that has ended; archived jobs stay archived; pausing takes back what no
 * Worker has begun.
 */
public final class JobMachine {

    private static final Set<TaskStatus> WITH_MANAGER =
            EnumSet.of(TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.ACTIVE, TaskStatus.SOFT_FAILED);
    private static final Set<TaskStatus> NOT_BEGUN = EnumSet.of(TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.SOFT_FAILED);
    private static final Set<TaskStatus> STOPPED = EnumSet.of(TaskStatus.CANCELED, TaskStatus.CANCEL_REQUESTED);
    private static final Set<JobStatus> FIXED =
            EnumSet.of(JobStatus.ARCHIVING, JobStatus.ARCHIVED, JobStatus.UNDER_CONSTRUCTION);
    private static final Set<JobStatus> NEVER_WANTED = EnumSet.of(
            JobStatus.ARCHIVING, JobStatus.ARCHIVED, JobStatus.WAITING_FOR_FILES, JobStatus.CONSTRUCTION_FAILED);
    private static final Set<JobStatus> NOT_COMPILED =
            EnumSet.of(JobStatus.WAITING_FOR_FILES, JobStatus.CONSTRUCTION_FAILED);

    private JobMachine() {}

    /** The one function: total over all statuses and events. */
    public static JobOutcome on(JobState job, JobEvent event) {
        return switch (event) {
            case JobEvent.Wanted wanted -> onWanted(job, wanted.status(), wanted.reason());
            case JobEvent.TaskBecame became -> onTask(job, became.status());
            case JobEvent.Found found -> onFound(job);
        };
    }

    /** How a job under construction goes on once its tasks are stored. */
    public static JobState constructed(JobState job, TaskCounts tasks, boolean paused) {
        JobState counted = job.with(tasks);
        return paused && tasks.total() > 0
                ? counted.with(JobStatus.PAUSED, job.reason())
                : completeIfAllAre(counted.with(JobStatus.QUEUED, job.reason()));
    }

    /** Whether the job can be taken to the archive. */
    public static boolean archivable(JobState job) {
        return switch (job.status()) {
            case COMPLETED, CANCELED, FAILED, PAUSED ->
                job.tasks().of(WITH_MANAGER) == 0 && job.tasks().of(TaskStatus.CANCEL_REQUESTED) == 0;
            default -> false;
        };
    }

    /** Whether nothing is under way in the job, so that its counts need no second look after a crash. */
    public static boolean settled(JobState job) {
        boolean resting = switch (job.status()) {
            case PAUSED,
                    CANCELED,
                    FAILED,
                    COMPLETED,
                    WAITING_FOR_FILES,
                    CONSTRUCTION_FAILED,
                    UNDER_CONSTRUCTION,
                    ARCHIVING,
                    ARCHIVED -> true;
            case QUEUED, ACTIVE, CANCEL_REQUESTED, FAIL_REQUESTED, REQUEUED -> false;
        };
        return resting && job.tasks().of(WITH_MANAGER) == 0 && job.tasks().of(TaskStatus.CANCEL_REQUESTED) == 0;
    }

    private static JobOutcome onWanted(JobState job, JobStatus wanted, String reason) {
        if (FIXED.contains(job.status()) || NEVER_WANTED.contains(wanted) || wanted == JobStatus.UNDER_CONSTRUCTION) {
            return new JobOutcome.Refused("A job that is " + job.status() + " cannot be set to " + wanted + ".");
        }
        if (NOT_COMPILED.contains(job.status()) && wanted != JobStatus.CANCEL_REQUESTED) {
            return new JobOutcome.Refused(
                    "The job is " + job.status() + " and has no tasks; compile it first, or cancel it.");
        }
        return enter(job, wanted, reason);
    }

    private static JobOutcome.Moved enter(JobState job, JobStatus to, String reason) {
        JobState entered = job.with(to, reason);
        return switch (to) {
            case CANCEL_REQUESTED -> stop(entered, JobStatus.CANCELED);
            case FAIL_REQUESTED -> stop(entered, JobStatus.FAILED);
            case FAILED -> stop(entered, JobStatus.FAILED);
            case PAUSED -> pause(entered);
            case REQUEUED -> requeue(entered.requeuedFrom(job.status()));
            case QUEUED -> moved(entered, completeIfAllAre(entered), List.of());
            default -> moved(entered, entered, List.of());
        };
    }

    private static JobOutcome.Moved stop(JobState job, JobStatus onceStopped) {
        TaskCounts stopped = job.tasks()
                .allMoved(Set.of(TaskStatus.QUEUED), TaskStatus.CANCELED)
                .allMoved(WITH_MANAGER, TaskStatus.CANCEL_REQUESTED);
        JobState after = job.with(stopped).queueOnceStopped(false);
        if (stopped.of(TaskStatus.CANCEL_REQUESTED) == 0) {
            after = after.with(onceStopped, job.reason());
        }
        return moved(
                job,
                after,
                List.of(
                        new TaskEffect.Move(Set.of(TaskStatus.QUEUED), TaskStatus.CANCELED, false),
                        new TaskEffect.Move(WITH_MANAGER, TaskStatus.CANCEL_REQUESTED, false),
                        new TaskEffect.Explain(STOPPED, "The job became " + job.status() + ".")));
    }

    private static JobOutcome.Moved pause(JobState job) {
        TaskCounts held = job.tasks()
                .allMoved(Set.of(TaskStatus.QUEUED), TaskStatus.PAUSED)
                .allMoved(NOT_BEGUN, TaskStatus.CANCEL_REQUESTED);
        return moved(
                job,
                job.with(held).queueOnceStopped(false),
                List.of(
                        new TaskEffect.Move(Set.of(TaskStatus.QUEUED), TaskStatus.PAUSED, false),
                        new TaskEffect.Move(NOT_BEGUN, TaskStatus.CANCEL_REQUESTED, false)));
    }

    private static JobOutcome.Moved requeue(JobState job) {
        Set<TaskStatus> again = EnumSet.allOf(TaskStatus.class);
        again.remove(TaskStatus.CANCEL_REQUESTED);
        again.remove(TaskStatus.QUEUED);
        if (job.requeuedFrom() != JobStatus.COMPLETED) {
            again.remove(TaskStatus.COMPLETED);
        }
        TaskCounts queued = job.tasks().allMoved(again, TaskStatus.QUEUED);
        JobState after = job.with(queued)
                .queueOnceStopped(queued.of(TaskStatus.CANCEL_REQUESTED) > 0)
                .with(JobStatus.QUEUED, job.reason());
        return moved(job, completeIfAllAre(after), List.of(new TaskEffect.Move(again, TaskStatus.QUEUED, true)));
    }

    private static JobOutcome onTask(JobState job, TaskStatus became) {
        if (FIXED.contains(job.status())) {
            return new JobOutcome.Unchanged();
        }
        return switch (became) {
            case QUEUED -> job.status() == JobStatus.COMPLETED ? enter(job, JobStatus.QUEUED, "") : unchanged();
            case CLAIMED_BY_MANAGER -> onClaimed(job);
            case ACTIVE, SOFT_FAILED -> onBegun(job);
            case CANCELED -> onStopped(job);
            case FAILED -> onFailed(job);
            case COMPLETED -> onCompleted(job);
            case CANCEL_REQUESTED, PAUSED, UNDER_CONSTRUCTION -> unchanged();
        };
    }

    private static JobOutcome onClaimed(JobState job) {
        boolean idle = job.tasks().of(TaskStatus.ACTIVE) == 0;
        return job.status() == JobStatus.ACTIVE && idle ? enter(job, JobStatus.QUEUED, "") : unchanged();
    }

    private static JobOutcome onBegun(JobState job) {
        boolean wakes = job.status() == JobStatus.QUEUED || job.status() == JobStatus.COMPLETED;
        return wakes ? enter(job, JobStatus.ACTIVE, "") : unchanged();
    }

    private static JobOutcome onCompleted(JobState job) {
        if (job.tasks().allCompleted()) {
            return job.status() == JobStatus.COMPLETED ? unchanged() : enter(job, JobStatus.COMPLETED, "");
        }
        return job.status() == JobStatus.QUEUED ? enter(job, JobStatus.ACTIVE, "") : onStopped(job);
    }

    private static JobOutcome onFailed(JobState job) {
        return switch (job.status()) {
            case QUEUED, ACTIVE, PAUSED, COMPLETED -> {
                if (tooManyFailed(job)) {
                    yield enter(job, JobStatus.FAILED, failureReason(job));
                }
                yield onBegun(job);
            }
            default -> onStopped(job);
        };
    }

    /** A job that waits for confirmations is done when none is outstanding, however the last task ended. */
    private static JobOutcome onStopped(JobState job) {
        if (job.tasks().of(TaskStatus.CANCEL_REQUESTED) > 0) {
            return unchanged();
        }
        return switch (job.status()) {
            case CANCEL_REQUESTED -> enter(job, JobStatus.CANCELED, job.reason());
            case FAIL_REQUESTED -> enter(job, JobStatus.FAILED, job.reason());
            default -> unchanged();
        };
    }

    private static JobOutcome onFound(JobState job) {
        return switch (job.status()) {
            case CANCEL_REQUESTED, FAIL_REQUESTED, FAILED, PAUSED -> enter(job, job.status(), job.reason());
            case REQUEUED -> requeue(job);
            case QUEUED, ACTIVE -> {
                JobState settled = completeIfAllAre(job);
                yield tooManyFailed(job)
                        ? enter(job, JobStatus.FAILED, failureReason(job))
                        : moved(settled, settled, List.of());
            }
            case COMPLETED -> {
                JobState counted = reopenUnlessAllAreCompleted(job);
                yield moved(counted, counted, List.of());
            }
            default -> moved(job, job, List.of());
        };
    }

    /** A task may have been queued again just before the crash, without its job. */
    private static JobState reopenUnlessAllAreCompleted(JobState job) {
        if (job.tasks().allCompleted()) {
            return job;
        }
        JobStatus open = job.tasks().of(TaskStatus.ACTIVE) > 0 ? JobStatus.ACTIVE : JobStatus.QUEUED;
        return job.with(open, job.reason());
    }

    private static JobState completeIfAllAre(JobState job) {
        return job.tasks().allCompleted() ? job.with(JobStatus.COMPLETED, job.reason()) : job;
    }

    private static boolean tooManyFailed(JobState job) {
        long failed = job.tasks().of(TaskStatus.FAILED);
        return failed > 0
                && 100L * failed >= (long) job.failPercentage() * job.tasks().total();
    }

    private static String failureReason(JobState job) {
        int failed = job.tasks().of(TaskStatus.FAILED);
        int total = job.tasks().total();
        return "Job " + job.id() + " failed because " + failed + " of " + total + " tasks (" + 100L * failed / total
                + "%) failed.";
    }

    private static JobOutcome unchanged() {
        return new JobOutcome.Unchanged();
    }

    private static JobOutcome.Moved moved(JobState via, JobState after, List<TaskEffect> effects) {
        return new JobOutcome.Moved(via.status(), after, effects);
    }
}

package io.flamenco.server.domain;

import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says which status a task takes when its Manager reports one.
 *
 * <p>As in the Flamenco 2 protocol nothing but an end is accepted once a cancellation was asked for, and nothing else that
 * a Manager can know is refused. Beyond it, a task that a Manager still holds of a job that has ended, or is on hold, is asked back.
 */
public final class TaskMachine {

    private static final Set<TaskStatus> ENDS =
            EnumSet.of(TaskStatus.CANCELED, TaskStatus.FAILED, TaskStatus.COMPLETED);
    private static final Set<TaskStatus> WAITING_FOR_A_WORKER =
            EnumSet.of(TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.SOFT_FAILED);
    private static final Set<TaskStatus> NOT_FOR_MANAGERS =
            EnumSet.of(TaskStatus.UNDER_CONSTRUCTION, TaskStatus.PAUSED);
    private static final Set<JobStatus> ENDED = EnumSet.of(JobStatus.CANCELED, JobStatus.FAILED);

    private TaskMachine() {}

    /**
     * The status after the report; empty when it stays.
     *
     * @param task its status before
     * @param reported what the Manager says
     */
    public static Optional<TaskStatus> reported(TaskStatus task, TaskStatus reported, JobState job) {
        if (task == reported || task == TaskStatus.UNDER_CONSTRUCTION || NOT_FOR_MANAGERS.contains(reported)) {
            return Optional.empty();
        }
        if (task == TaskStatus.CANCEL_REQUESTED) {
            return afterCancelRequest(reported, job);
        }
        return Optional.of(askedBack(reported, job.status()) ? TaskStatus.CANCEL_REQUESTED : reported);
    }

    private static Optional<TaskStatus> afterCancelRequest(TaskStatus reported, JobState job) {
        if (!ENDS.contains(reported)) {
            return Optional.empty();
        }
        boolean again = reported == TaskStatus.CANCELED && job.queueOnceStopped();
        return Optional.of(again ? TaskStatus.QUEUED : reported);
    }

    private static boolean askedBack(TaskStatus reported, JobStatus job) {
        boolean waits = WAITING_FOR_A_WORKER.contains(reported);
        boolean ended = ENDED.contains(job);
        return (waits && (ended || job == JobStatus.PAUSED)) || (reported == TaskStatus.ACTIVE && ended);
    }
}

package io.flamenco.server.domain;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.status.JobStatus;

/**
 * What decisions about a job depend on.
 *
 * @param reason why it has its status, for people; empty when that needs no explanation
 * @param requeuedFrom the status that it had when it was last queued again; needed to finish a re-queue that a crash cut
 *     short
 * @param queueOnceStopped whether tasks that a Manager still has to stop shall be queued again, rather than canceled, when
 *     it has; so it is after a re-queue that came before all of them had stopped
 * @param failPercentage the job fails when this part of its tasks has failed; 1 to 100
 */
public record JobState(
        JobId id,
        String name,
        ManagerId manager,
        JobStatus status,
        String reason,
        JobStatus requeuedFrom,
        boolean queueOnceStopped,
        int failPercentage,
        TaskCounts tasks) {

    /** What {@code failPercentage} is unless the job says otherwise. */
    public static final int USUAL_FAIL_PERCENTAGE = 10;

    /** With another status, and the reason for it. */
    public JobState with(JobStatus newStatus, String newReason) {
        return new JobState(
                id, name, manager, newStatus, newReason, requeuedFrom, queueOnceStopped, failPercentage, tasks);
    }

    /** With other counts. */
    public JobState with(TaskCounts newTasks) {
        return new JobState(
                id, name, manager, status, reason, requeuedFrom, queueOnceStopped, failPercentage, newTasks);
    }

    JobState requeuedFrom(JobStatus from) {
        return new JobState(id, name, manager, status, reason, from, queueOnceStopped, failPercentage, tasks);
    }

    JobState queueOnceStopped(boolean queue) {
        return new JobState(id, name, manager, status, reason, requeuedFrom, queue, failPercentage, tasks);
    }
}

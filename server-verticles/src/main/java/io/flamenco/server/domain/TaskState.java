package io.flamenco.server.domain;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;

/**
 * What decisions about a task depend on, and what people are told of it.
 *
 * @param worker who runs it or ran it last; empty before the first
 * @param activity what it did last; empty when it never said
 * @param progressPercentage 0 to 100
 * @param times when it ran
 */
public record TaskState(
        TaskId id,
        JobId job,
        ManagerId manager,
        String name,
        TaskStatus status,
        String worker,
        String activity,
        int progressPercentage,
        TaskTimes times) {

    /** With another status. */
    public TaskState with(TaskStatus newStatus) {
        return new TaskState(id, job, manager, name, newStatus, worker, activity, progressPercentage, times);
    }

    /** After what the patch says. */
    public TaskState patched(TaskPatch patch) {
        return new TaskState(
                id,
                job,
                manager,
                name,
                patch.status().orElse(status),
                patch.worker().orElse(worker),
                patch.activity().orElse(activity),
                patch.taskProgress().orElse(progressPercentage),
                patch.times().orElse(times));
    }
}

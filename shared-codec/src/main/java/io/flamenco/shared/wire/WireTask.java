package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.TaskStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as the Server hands it to a Manager, and the Manager to a Worker.
 *
 * @param id the Server's id of the task
 * @param etag changes whenever the Server's document changes; compared for equality only
 * @param job the job it belongs to
 * @param manager the Manager that runs the job
 * @param project the project of the job
 * @param user who submitted the job
 * @param name for people, such as {@code blender-render-1-5}
 * @param status a status of {@link TaskStatus}, or one that this version does not know
 * @param priority higher runs earlier among the tasks of a job
 * @param jobPriority higher runs earlier among jobs, before {@code priority} counts
 * @param jobType the compiler that made the task; {@code manager-local} marks a Manager's own test tasks
 * @param taskType what a Worker must support to run it
 * @param commands what to do, in order
 * @param log the last lines of the log, or empty
 * @param activity what it did last, for people
 * @param parents tasks that must be completed first
 * @param worker who ran it last, for people
 * @param failedByWorkers who failed it
 * @param metrics what was measured last
 */
public record WireTask(
        @JsonProperty("_id") @Nullable TaskId id,

        @JsonProperty("_etag") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String etag,

        @JsonInclude @JsonSerialize(nullsUsing = EmptyTextForNull.class) @Nullable
        JobId job,

        @JsonInclude @JsonSerialize(nullsUsing = EmptyTextForNull.class) @Nullable
        ManagerId manager,

        @JsonInclude @JsonSerialize(nullsUsing = EmptyTextForNull.class) @Nullable
        ProjectId project,

        @JsonInclude @JsonSerialize(nullsUsing = EmptyTextForNull.class) @Nullable
        UserId user,

        String name,
        String status,
        int priority,
        int jobPriority,
        String jobType,
        String taskType,
        List<TaskCommand> commands,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String log,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String activity,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TaskId> parents,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String worker,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FailedByWorker> failedByWorkers,
        @Nullable Metrics metrics) {

    public WireTask {
        etag = Absent.text(etag);
        name = Absent.text(name);
        status = Absent.text(status);
        jobType = Absent.text(jobType);
        taskType = Absent.text(taskType);
        commands = Absent.list(commands);
        log = Absent.text(log);
        activity = Absent.text(activity);
        parents = Absent.list(parents);
        worker = Absent.text(worker);
        failedByWorkers = Absent.list(failedByWorkers);
    }

    /** The same task in another status. */
    public WireTask withStatus(TaskStatus other) {
        return with(other.wire(), commands);
    }

    /** The same task with other commands. */
    public WireTask withCommands(List<TaskCommand> other) {
        return with(status, other);
    }

    private WireTask with(String newStatus, List<TaskCommand> newCommands) {
        return new WireTask(
                id,
                etag,
                job,
                manager,
                project,
                user,
                name,
                newStatus,
                priority,
                jobPriority,
                jobType,
                taskType,
                newCommands,
                log,
                activity,
                parents,
                worker,
                failedByWorkers,
                metrics);
    }
}

package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Manager reports of a task to the Server; the id makes it idempotent.
 *
 * @param id of this update; the Server names it when it has been dealt with
 * @param taskId the task
 * @param taskStatus the new status; empty when unchanged
 * @param receivedOnManager when the Manager learnt of it
 * @param activity what the task does, for people; empty when unchanged
 * @param taskProgressPercentage 0 to 100
 * @param currentCommandIdx which command runs, from 0; the key that original Managers send
 * @param currentCommandIndex the same number under the key that original Servers read
 * @param commandProgressPercentage 0 to 100
 * @param logTail the last lines of the log; empty when there are no new ones
 * @param worker who runs it, for people; {@code -} takes it away from everybody; empty when unchanged
 * @param failedByWorkers all who failed the task; absent when unchanged
 * @param metrics what was measured; absent when nothing was
 */
public record TaskUpdate(
        @JsonProperty("_id") UpdateId id,
        TaskId taskId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String taskStatus,
        Instant receivedOnManager,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String activity,
        int taskProgressPercentage,
        int currentCommandIdx,
        int currentCommandIndex,
        int commandProgressPercentage,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String logTail,
        String worker,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FailedByWorker> failedByWorkers,
        @Nullable Metrics metrics) {

    public TaskUpdate {
        taskStatus = Absent.text(taskStatus);
        activity = Absent.text(activity);
        logTail = Absent.text(logTail);
        worker = Absent.text(worker);
        failedByWorkers = Absent.list(failedByWorkers);
    }
}

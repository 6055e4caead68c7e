package io.flamenco.server.store;

import io.flamenco.server.domain.TaskState;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.FailedByWorker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A task as it is stored.
 *
 * @param commands as a JSON array
 * @param logTail the last lines of its log; empty when there are none
 * @param timing phase to seconds, as a JSON object; empty when nothing was measured
 * @param commandIndex which command runs, from 0
 * @param commandProgress 0 to 100
 * @param activityKnown whether it ever had an activity
 * @param logFile where its uploaded log is kept, within the Server's own storage
 * @param updated when its own document last changed
 */
public record StoredTask(
        TaskState state,
        String taskType,
        int priority,
        String commands,
        List<TaskId> parents,
        String logTail,
        List<FailedByWorker> failedByWorkers,
        String timing,
        int commandIndex,
        int commandProgress,
        boolean activityKnown,
        Optional<String> logFile,
        Instant created,
        Instant updated) {

    public StoredTask {
        parents = List.copyOf(parents);
        failedByWorkers = List.copyOf(failedByWorkers);
    }

    /** Its identifier. */
    public TaskId id() {
        return state.id();
    }

    /** With another status and nothing else changed. */
    public StoredTask with(TaskState newState) {
        return new StoredTask(
                newState,
                taskType,
                priority,
                commands,
                parents,
                logTail,
                failedByWorkers,
                timing,
                commandIndex,
                commandProgress,
                activityKnown,
                logFile,
                created,
                updated);
    }
}

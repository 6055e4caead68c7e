package io.flamenco.manager.store;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.Metrics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task without what only its Worker needs.
 *
 * @param parents each once
 * @param workerId who runs it or ran it last
 * @param workerName the nickname of that Worker
 * @param outbox what the Server is to be told, in order; when read, also what it has confirmed meanwhile
 * @param deliveries by what the last reports of its Worker are known when they come again
 */
public record TaskRow(
        TaskId id,
        @Nullable JobId job,
        String name,
        String status,
        String taskType,
        String jobType,
        int priority,
        int jobPriority,
        String etag,
        List<TaskId> parents,
        @Nullable WorkerId workerId,
        String workerName,
        List<FailedByWorker> failedBy,
        String activity,
        @Nullable Metrics metrics,
        Progress progress,
        @Nullable Instant lastPing,
        @Nullable Instant lastUpdated,
        List<QueuedUpdate> outbox,
        List<Long> deliveries) {

    /** How far a task is: percent of the task, which command from 0, percent of that command. */
    public record Progress(int task, int commandIndex, int command) {}
}

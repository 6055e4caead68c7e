package io.flamenco.shared.bus;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a Manager tells browsers and tools. */
public sealed interface ManagerFacts {

    /**
     * A Worker has another status, or another one is requested of it.
     *
     * @param statusRequested the status that is wanted of it; empty when none is
     */
    record WorkerStatusChanged(
            WorkerId workerId,
            String nickname,
            String oldStatus,
            String status,
            String statusRequested,
            Instant changedAt)
            implements ManagerFacts {}

    /**
     * A task has another status, activity or progress.
     *
     * @param jobId absent for a task of no job
     * @param workerId who runs it or ran it last; absent before the first
     * @param taskProgressPercentage 0 to 100
     */
    record TaskStatusChanged(
            TaskId taskId,
            @Nullable JobId jobId,
            String name,
            String oldStatus,
            String status,
            @Nullable WorkerId workerId,
            String worker,
            String activity,
            int taskProgressPercentage,
            Instant changedAt)
            implements ManagerFacts {}

    /**
     * Text was added to the current log file of a task.
     *
     * @param offset where in the file, in bytes, the text begins; lets a viewer see a gap or a repetition
     * @param text whole lines, each ended by a line break
     */
    record TaskLogGrew(TaskId taskId, long offset, String text) implements ManagerFacts {}

    /**
     * A picture can be looked at.
     *
     * @param url path on the Manager, different for each picture
     * @param taskId which task made it; absent when that is not known
     * @param name of the file that it was made from; empty when that is not known
     */
    record LatestImageChanged(String url, @Nullable TaskId taskId, String name, Instant producedAt)
            implements ManagerFacts {}
}

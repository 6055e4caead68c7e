package io.flamenco.shared.bus;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;

/** What people and tools may send to a Server. */
public sealed interface ServerRequests {

    /** Something that needs nothing but a job is done to it; the address says what. */
    record ChangeJob(JobId jobId) implements ServerRequests {}

    /**
     * A finished task is queued again.
     *
     * @param successors whether all tasks that wait for it are queued too, whatever their status
     */
    record RequeueTask(TaskId taskId, boolean successors) implements ServerRequests {}

    /** A task that is not finished is stopped. */
    record CancelTask(TaskId taskId) implements ServerRequests {}
}

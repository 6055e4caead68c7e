package io.flamenco.manager.store;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;

/** A type of tasks of a job that a Worker may not run. */
public record BlocklistRow(WorkerId workerId, JobId jobId, String taskType, Instant created) {

    /** Whether both speak of the same Worker, job and type, whenever that was. */
    public boolean isSameLine(BlocklistRow other) {
        return workerId.equals(other.workerId) && jobId.equals(other.jobId) && taskType.equals(other.taskType);
    }
}

package io.flamenco.manager.store;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;

/** A type of tasks of a job that a Worker may not run. */
public record BlocklistRow(WorkerId workerId, JobId jobId, String taskType, Instant created) {}

package io.flamenco.server.domain;

import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;

/** What can happen to a job. */
public sealed interface JobEvent {

    /**
     * Somebody, or the Server itself, wants the job to have a status.
     *
     * @param reason for people
     */
    record Wanted(JobStatus status, String reason) implements JobEvent {}

    /** One of its tasks took a status; the job's counts know it already. */
    record TaskBecame(TaskStatus status) implements JobEvent {}

    /** The Server started and found the job, with fresh counts, in the middle of a change. */
    record Found() implements JobEvent {}
}

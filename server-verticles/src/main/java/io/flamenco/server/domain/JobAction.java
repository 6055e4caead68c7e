package io.flamenco.server.domain;

import io.flamenco.shared.status.JobStatus;

/** What people may do to a job, and in which statuses it makes sense. */
public enum JobAction {
    /** Stop it. */
    CANCEL(JobStatus.CANCEL_REQUESTED, "canceled"),
    /** Run again what is not completed, or everything when all is. */
    REQUEUE(JobStatus.REQUEUED, "queued again"),
    /** Let running tasks end, begin no others. */
    PAUSE(JobStatus.PAUSED, "paused");

    private final JobStatus leadsTo;
    private final String participle;

    JobAction(JobStatus leadsTo, String participle) {
        this.leadsTo = leadsTo;
        this.participle = participle;
    }

    /** The status that is wanted by it. */
    public JobStatus leadsTo() {
        return leadsTo;
    }

    /** Whether a job of that status can be treated so. */
    public boolean possibleFrom(JobStatus status) {
        return switch (this) {
            case CANCEL ->
                switch (status) {
                    case ACTIVE, QUEUED, FAILED, PAUSED, WAITING_FOR_FILES, CONSTRUCTION_FAILED -> true;
                    default -> false;
                };
            case REQUEUE ->
                switch (status) {
                    case COMPLETED, CANCELED, FAILED, PAUSED -> true;
                    default -> false;
                };
            case PAUSE -> status == JobStatus.ACTIVE || status == JobStatus.QUEUED;
        };
    }

    /** What happened, as in "the job was …". */
    public String participle() {
        return participle;
    }
}

package io.flamenco.cli.jobs;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * A job as the Server describes it.
 *
 * @param status a status that this version does not know counts as {@link JobStatus#ACTIVE}
 * @param reason why it has that status; may be empty
 * @param tasks how many it has
 * @param completed how many of them are completed
 * @param settings as submitted
 */
public record JobView(
        JobId id, String name, JobStatus status, String reason, int tasks, int completed, JsonObject settings) {

    private static final Set<JobStatus> ENDS = Set.of(
            JobStatus.COMPLETED,
            JobStatus.FAILED,
            JobStatus.CANCELED,
            JobStatus.CONSTRUCTION_FAILED,
            JobStatus.ARCHIVED);

    /** A job as its document in the REST interface has it. */
    public static JobView of(JsonObject job) {
        JsonObject counts = job.getJsonObject("tasks", new JsonObject());
        JsonObject byStatus = counts.getJsonObject("by_status", new JsonObject());
        return new JobView(
                new JobId(job.getString("id")),
                job.getString("name", ""),
                JobStatus.parse(job.getString("status", "")).orElse(JobStatus.ACTIVE),
                Optional.ofNullable(job.getString("status_reason")).orElse(""),
                counts.getInteger("total", 0),
                byStatus.getInteger("completed", 0),
                job.getJsonObject("settings", new JsonObject()));
    }

    /** Whether nothing more happens to it by itself. */
    public boolean ended() {
        return ENDS.contains(status);
    }

    /** Whether all that was asked for is there. */
    public boolean done() {
        return status == JobStatus.COMPLETED || status == JobStatus.ARCHIVED;
    }
}

package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Makes documents of jobs, and jobs of documents. */
final class JobDocuments {

    private JobDocuments() {}

    static JsonObject document(NewJob job) {
        JsonObject document = new JsonObject()
                .put("_id", oid(job.id().hex()))
                .put("_created", date(job.created()))
                .put("_updated", date(job.created()))
                .put("released", date(job.created()))
                .put("name", job.name())
                .put("job_type", job.jobType())
                .put("description", job.description())
                .put("project", oid(job.project().hex()))
                .put("user", oid(job.user().hex()))
                .put("manager", oid(job.manager().hex()))
                .put("priority", job.priority())
                .put("settings", job.settings())
                .put("start_paused", job.startPaused())
                .put("status", job.status().wire())
                .put("status_reason", job.reason())
                .put("tasks", new JsonObject())
                .put("unsettled", false);
        if (!job.idempotencyKey().isEmpty()) {
            document.put("idempotency_key", job.idempotencyKey()).put("request_digest", job.requestDigest());
        }
        return document;
    }

    /** The fields that say how a job is. */
    static JsonObject fields(JobState state, Instant now) {
        JsonObject tasks = new JsonObject();
        state.tasks().byStatus().forEach((status, count) -> tasks.put(status.wire(), count));
        return new JsonObject()
                .put("status", state.status().wire())
                .put("status_reason", state.reason())
                .put("requeued_from", state.requeuedFrom().wire())
                .put("queue_once_stopped", state.queueOnceStopped())
                .put("tasks", tasks)
                .put("_updated", date(now));
    }

    static StoredJob job(JsonObject document) {
        return new StoredJob(
                state(document),
                document.getString("job_type", ""),
                document.getString("description", ""),
                new ProjectId(hex(document.getValue("project"))),
                new UserId(hex(document.getValue("user"))),
                document.getInteger("priority", 50),
                document.getString("settings", "{}"),
                instant(document.getValue("_created")),
                instant(document.getValue("_updated")),
                instant(document.getValue("released")),
                document.getBoolean("start_paused", false),
                status(document.getString("pre_archive_status", document.getString("status"))));
    }

    private static JobState state(JsonObject document) {
        JobStatus status = status(document.getString("status"));
        String requeuedFrom = document.getString("requeued_from");
        return new JobState(
                new JobId(hex(document.getValue("_id"))),
                document.getString("name", ""),
                new ManagerId(hex(document.getValue("manager"))),
                status,
                document.getString("status_reason", ""),
                requeuedFrom == null ? status : status(requeuedFrom),
                document.getBoolean("queue_once_stopped", false),
                document.getInteger("fail_percentage", JobState.USUAL_FAIL_PERCENTAGE),
                counts(document.getJsonObject("tasks", new JsonObject())));
    }

    private static TaskCounts counts(JsonObject tasks) {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        for (String name : tasks.fieldNames()) {
            TaskStatus.parse(name).ifPresent(status -> counts.put(status, tasks.getInteger(name)));
        }
        return TaskCounts.of(counts);
    }

    private static JobStatus status(String wire) {
        return JobStatus.parse(wire)
                .orElseThrow(() -> new IllegalStateException("a stored job has the unknown status " + wire));
    }
}

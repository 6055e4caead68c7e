package io.flamenco.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.FailedByWorker;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Writes tasks as Managers read them. A task's document is put together from its own and its job's; it has changed when
 * either has, and its etag says nothing but when that was.
 */
final class WireTasks {

    private static final JsonFactory JSON = new JsonFactory();

    private WireTasks() {}

    /** Changes whenever the document does. */
    static String etag(StoredTask task, StoredJob job) {
        return HexFormat.of().toHexDigits(changed(task, job).toEpochMilli());
    }

    /** When the document last changed. */
    static Instant changed(StoredTask task, StoredJob job) {
        return job.changed(task.updated());
    }

    /** The document. */
    static Buffer write(StoredTask task, StoredJob job) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            origin(json, task, job);
            work(json, task, job);
            progress(json, task);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void origin(JsonGenerator json, StoredTask task, StoredJob job) throws IOException {
        json.writeStringField("_id", task.id().hex());
        json.writeStringField("_created", JsonDates.document(task.created()));
        json.writeStringField("_updated", JsonDates.document(changed(task, job)));
        json.writeStringField("_etag", etag(task, job));
        json.writeStringField("job", job.id().hex());
        json.writeStringField("manager", job.manager().hex());
        json.writeStringField("project", job.project().hex());
        json.writeStringField("user", job.user().hex());
    }

    private static void work(JsonGenerator json, StoredTask task, StoredJob job) throws IOException {
        json.writeStringField("name", task.state().name());
        json.writeStringField("status", task.state().status().wire());
        json.writeNumberField("priority", task.priority());
        json.writeNumberField("job_priority", job.priority());
        json.writeStringField("job_type", job.jobType());
        json.writeStringField("task_type", task.taskType());
        json.writeFieldName("commands");
        json.writeRawValue(task.commands());
        if (!task.parents().isEmpty()) {
            json.writeArrayFieldStart("parents");
            for (TaskId parent : task.parents()) {
                json.writeString(parent.hex());
            }
            json.writeEndArray();
        }
    }

    private static void progress(JsonGenerator json, StoredTask task) throws IOException {
        if (task.activityKnown()) {
            json.writeStringField("activity", task.state().activity());
        }
        text(json, "log", task.logTail());
        text(json, "worker", task.state().worker());
        if (!task.failedByWorkers().isEmpty()) {
            json.writeArrayFieldStart("failed_by_workers");
            for (FailedByWorker worker : task.failedByWorkers()) {
                json.writeStartObject();
                json.writeStringField("id", worker.id().hex());
                json.writeStringField("identifier", worker.identifier());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeNumberField("task_progress_percentage", task.state().progressPercentage());
        json.writeNumberField("current_command_index", task.commandIndex());
        json.writeNumberField("command_progress_percentage", task.commandProgress());
        if (!task.timing().isEmpty()) {
            json.writeFieldName("metrics");
            json.writeRawValue("{\"timing\":" + task.timing() + "}");
        }
    }

    private static void text(JsonGenerator json, String key, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(key, text);
        }
    }
}

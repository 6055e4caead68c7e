package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.instantOrNull;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.server.domain.TaskPatch;
import io.flamenco.server.domain.TaskState;
import io.flamenco.server.domain.TaskTimes;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.FailedByWorker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes documents of tasks, and tasks of documents. */
final class TaskDocuments {

    static final String ACTIVATED = "activated_at";
    static final String ENDED = "ended_at";

    private static final JsonArray NOTHING = new JsonArray();

    private TaskDocuments() {}

    static JsonObject document(NewTask task, JobId job, ManagerId manager, TaskStatus status, Instant now) {
        JsonObject document = new JsonObject()
                .put("_id", oid(task.id().hex()))
                .put("_created", date(now))
                .put("_updated", date(now))
                .put("job", oid(job.hex()))
                .put("manager", oid(manager.hex()))
                .put("name", task.name())
                .put("status", status.wire())
                .put("priority", task.priority())
                .put("task_type", task.taskType())
                .put("commands", task.commands());
        if (!task.parents().isEmpty()) {
            JsonArray parents = new JsonArray();
            task.parents().forEach(parent -> parents.add(oid(parent.hex())));
            document.put("parents", parents);
        }
        return document;
    }

    /** The fields that a patch sets. */
    static JsonObject fields(TaskPatch patch) {
        JsonObject set = new JsonObject();
        patch.status().ifPresent(status -> set.put("status", status.wire()));
        patch.activity().ifPresent(activity -> set.put("activity", activity));
        patch.logTail().ifPresent(log -> set.put("log", log));
        patch.worker().ifPresent(worker -> set.put("worker", worker));
        patch.taskProgress().ifPresent(progress -> set.put("task_progress_percentage", progress));
        patch.commandIndex().ifPresent(index -> set.put("current_command_index", index));
        patch.commandProgress().ifPresent(progress -> set.put("command_progress_percentage", progress));
        patch.timing().ifPresent(timing -> set.put("timing", timing(timing)));
        patch.failedByWorkers()
                .filter(failed -> !failed.isEmpty())
                .ifPresent(failed -> set.put("failed_by_workers", failed(failed)));
        return set;
    }

    /** The fields that times have, and those that they must not have. */
    static void times(TaskTimes times, JsonObject set, JsonObject unset) {
        put(ACTIVATED, times.activated(), set, unset);
        put(ENDED, times.ended(), set, unset);
    }

    private static void put(String field, Optional<Instant> moment, JsonObject set, JsonObject unset) {
        moment.ifPresentOrElse(at -> set.put(field, date(at)), () -> unset.put(field, ""));
    }

    static TaskTimes times(JsonObject document) {
        return new TaskTimes(moment(document, ACTIVATED), moment(document, ENDED));
    }

    private static Optional<Instant> moment(JsonObject document, String field) {
        return Optional.ofNullable(instantOrNull(document.getValue(field)));
    }

    static TaskId id(JsonObject document) {
        return new TaskId(hex(document.getValue("_id")));
    }

    static StoredTask task(JsonObject document) {
        return new StoredTask(
                state(document),
                document.getString("task_type", ""),
                document.getInteger("priority", 50),
                document.getString("commands", "[]"),
                parents(document),
                document.getString("log", ""),
                failed(document.getJsonArray("failed_by_workers", NOTHING)),
                document.getString("timing", ""),
                document.getInteger("current_command_index", 0),
                document.getInteger("command_progress_percentage", 0),
                document.containsKey("activity"),
                Optional.ofNullable(document.getString("log_file")),
                instant(document.getValue("_created")),
                instant(document.getValue("_updated")));
    }

    static TaskState state(JsonObject document) {
        String status = document.getString("status", "");
        return new TaskState(
                id(document),
                new JobId(hex(document.getValue("job"))),
                new ManagerId(hex(document.getValue("manager"))),
                document.getString("name", ""),
                TaskStatus.parse(status)
                        .orElseThrow(() -> new IllegalStateException("a stored task has the unknown status " + status)),
                document.getString("worker", ""),
                document.getString("activity", ""),
                document.getInteger("task_progress_percentage", 0),
                times(document));
    }

    static List<TaskId> parents(JsonObject document) {
        JsonArray stored = document.getJsonArray("parents", NOTHING);
        List<TaskId> parents = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            parents.add(new TaskId(hex(stored.getValue(i))));
        }
        return parents;
    }

    private static String timing(Map<String, Double> timing) {
        JsonObject json = new JsonObject();
        timing.forEach(json::put);
        return json.encode();
    }

    private static JsonArray failed(List<FailedByWorker> workers) {
        JsonArray list = new JsonArray();
        workers.forEach(worker ->
                list.add(new JsonObject().put("id", worker.id().hex()).put("identifier", worker.identifier())));
        return list;
    }

    private static List<FailedByWorker> failed(JsonArray stored) {
        List<FailedByWorker> workers = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            JsonObject worker = stored.getJsonObject(i);
            workers.add(
                    new FailedByWorker(new WorkerId(hex(worker.getString("id"))), worker.getString("identifier", "")));
        }
        return workers;
    }
}

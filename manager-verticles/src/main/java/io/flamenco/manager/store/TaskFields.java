package io.flamenco.manager.store;

import io.flamenco.manager.store.TaskRow.Progress;
import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Tasks as documents. */
final class TaskFields {

    /** Everything but what only a Worker needs. */
    static final JsonObject WITHOUT_COMMANDS =
            new JsonObject().put("commands", 0).put("log", 0);

    private TaskFields() {}

    /** The whole document. */
    static JsonObject document(TaskRow row, WireTask task) {
        JsonObject fields = StateFields.of(row)
                .put("_id", Bson.oid(row.id().hex()))
                .put("_etag", row.etag())
                .put("name", row.name())
                .put("priority", row.priority())
                .put("job_priority", row.jobPriority())
                .put("job_type", row.jobType())
                .put("task_type", row.taskType())
                .put("commands", CommandFields.documents(task.commands()))
                .put("log", task.log())
                .put(
                        "parents",
                        new JsonArray(new ArrayList<>(row.parents().stream()
                                .map(id -> Bson.oid(id.hex()))
                                .toList())));
        Values.putId(fields, "job", row.job());
        Values.putId(fields, "manager", task.manager());
        Values.putId(fields, "project", task.project());
        Values.putId(fields, "user", task.user());
        return fields;
    }

    static TaskRow row(JsonObject document) {
        return new TaskRow(
                new TaskId(Bson.hex(document.getValue("_id"))),
                Values.id(document, "job", JobId::new),
                Values.text(document, "name"),
                Values.text(document, "status"),
                Values.text(document, "task_type"),
                Values.text(document, "job_type"),
                Values.whole(document, "priority"),
                Values.whole(document, "job_priority"),
                Values.text(document, "_etag"),
                parents(document),
                Values.id(document, "worker_id", WorkerId::new),
                Values.text(document, "worker"),
                ReportFields.failedBy(document),
                Values.text(document, "activity"),
                ReportFields.metrics(document),
                new Progress(
                        Values.whole(document, "task_progress_percentage"),
                        Values.whole(document, "current_command_idx"),
                        Values.whole(document, "command_progress_percentage")),
                Bson.instantOrNull(document.getValue("last_worker_ping")),
                Bson.instantOrNull(document.getValue("last_updated")),
                UpdateFields.updates(document.getJsonArray("outbox", new JsonArray())),
                StateFields.deliveries(document));
    }

    static WireTask task(JsonObject document) {
        TaskRow row = row(document);
        return new WireTask(
                row.id(),
                row.etag(),
                row.job(),
                Values.id(document, "manager", ManagerId::new),
                Values.id(document, "project", ProjectId::new),
                Values.id(document, "user", UserId::new),
                row.name(),
                row.status(),
                row.priority(),
                row.jobPriority(),
                row.jobType(),
                row.taskType(),
                CommandFields.commands(document),
                Values.text(document, "log"),
                row.activity(),
                row.parents(),
                row.workerName(),
                row.failedBy(),
                row.metrics());
    }

    private static List<TaskId> parents(JsonObject document) {
        LinkedHashSet<TaskId> parents = new LinkedHashSet<>();
        if (document.getValue("parents") instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                parents.add(new TaskId(Bson.hex(list.getValue(i))));
            }
        }
        return List.copyOf(parents);
    }
}

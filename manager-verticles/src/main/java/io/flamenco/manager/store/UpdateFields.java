package io.flamenco.manager.store;

import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.wire.TaskUpdate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Updates for the Server as documents. */
final class UpdateFields {

    private UpdateFields() {}

    static JsonObject document(TaskUpdate update) {
        JsonObject document = new JsonObject()
                .put("_id", Bson.oid(update.id().hex()))
                .put("task_id", Bson.oid(update.taskId().hex()))
                .put("received_on_manager", Bson.date(update.receivedOnManager()))
                .put("task_progress_percentage", update.taskProgressPercentage())
                .put("current_command_idx", update.currentCommandIdx())
                .put("command_progress_percentage", update.commandProgressPercentage())
                .put("worker", update.worker());
        putText(document, "task_status", update.taskStatus());
        putText(document, "activity", update.activity());
        putText(document, "log_tail", update.logTail());
        if (!update.failedByWorkers().isEmpty()) {
            document.put("failed_by_workers", ReportFields.failedBy(update.failedByWorkers()));
        }
        if (update.metrics() != null) {
            document.put("metrics", ReportFields.metrics(update.metrics()));
        }
        return document;
    }

    static JsonObject document(QueuedUpdate queued) {
        return document(queued.update()).put("number", queued.number());
    }

    static TaskUpdate update(JsonObject document) {
        int command = Values.whole(document, "current_command_idx");
        return new TaskUpdate(
                new UpdateId(Bson.hex(document.getValue("_id"))),
                new TaskId(Bson.hex(document.getValue("task_id"))),
                Values.text(document, "task_status"),
                Bson.instant(document.getValue("received_on_manager")),
                Values.text(document, "activity"),
                Values.whole(document, "task_progress_percentage"),
                command,
                command,
                Values.whole(document, "command_progress_percentage"),
                Values.text(document, "log_tail"),
                Values.text(document, "worker"),
                ReportFields.failedBy(document),
                ReportFields.metrics(document));
    }

    static List<QueuedUpdate> updates(JsonArray documents) {
        List<QueuedUpdate> updates = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonObject document = documents.getJsonObject(i);
            updates.add(new QueuedUpdate(number(document), update(document)));
        }
        return List.copyOf(updates);
    }

    private static long number(JsonObject document) {
        return document.getValue("number") instanceof Number number ? number.longValue() : 0;
    }

    private static void putText(JsonObject document, String field, String text) {
        if (!text.isEmpty()) {
            document.put(field, text);
        }
    }
}

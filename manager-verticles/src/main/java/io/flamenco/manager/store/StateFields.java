package io.flamenco.manager.store;

import io.flamenco.manager.store.FarmChanges.TaskChange;
import io.flamenco.mongo.Bson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the Manager itself decides about a task, as fields of its document. */
final class StateFields {

    private static final String DELIVERIES = "taken_updates";
    private static final int SHORT_LIST = 4;

    private StateFields() {}

    /** All of them. */
    static JsonObject of(TaskRow row) {
        JsonObject fields = new JsonObject()
                .put("status", row.status())
                .put("activity", row.activity())
                .put("worker", row.workerName())
                .put("failed_by_workers", ReportFields.failedBy(row.failedBy()))
                .put("task_progress_percentage", row.progress().task())
                .put("current_command_idx", row.progress().commandIndex())
                .put("command_progress_percentage", row.progress().command())
                .put("outbox", outbox(row.outbox()));
        if (row.workerId() != null) {
            fields.put("worker_id", Bson.oid(row.workerId().hex()));
        }
        if (row.lastPing() != null) {
            fields.put("last_worker_ping", Bson.date(row.lastPing()));
        }
        if (row.lastUpdated() != null) {
            fields.put("last_updated", Bson.date(row.lastUpdated()));
        }
        if (row.metrics() != null) {
            fields.put("metrics", ReportFields.metrics(row.metrics()));
        }
        if (!row.deliveries().isEmpty()) {
            fields.put(DELIVERIES, new JsonArray(row.deliveries()));
        }
        return fields;
    }

    /** What the change makes different in the document. */
    static JsonObject changed(TaskChange change) {
        TaskRow row = change.row();
        TaskRow before = change.before();
        if (before == null) {
            return of(row);
        }
        JsonObject fields = new JsonObject();
        putChanged(fields, "status", row.status(), before.status());
        putChanged(fields, "activity", row.activity(), before.activity());
        putChanged(fields, "worker", row.workerName(), before.workerName());
        putChanged(
                fields,
                "task_progress_percentage",
                row.progress().task(),
                before.progress().task());
        putChanged(
                fields,
                "current_command_idx",
                row.progress().commandIndex(),
                before.progress().commandIndex());
        putChanged(
                fields,
                "command_progress_percentage",
                row.progress().command(),
                before.progress().command());
        if (!row.failedBy().equals(before.failedBy())) {
            fields.put("failed_by_workers", ReportFields.failedBy(row.failedBy()));
        }
        if (row.workerId() != null && !row.workerId().equals(before.workerId())) {
            fields.put("worker_id", Bson.oid(row.workerId().hex()));
        }
        if (row.lastPing() != null && !row.lastPing().equals(before.lastPing())) {
            fields.put("last_worker_ping", Bson.date(row.lastPing()));
        }
        if (row.lastUpdated() != null && !row.lastUpdated().equals(before.lastUpdated())) {
            fields.put("last_updated", Bson.date(row.lastUpdated()));
        }
        if (row.metrics() != null && !row.metrics().equals(before.metrics())) {
            fields.put("metrics", ReportFields.metrics(row.metrics()));
        }
        if (!row.deliveries().equals(before.deliveries())) {
            fields.put(DELIVERIES, new JsonArray(row.deliveries()));
        }
        putOutbox(fields, row.outbox(), before.outbox());
        return fields;
    }

    /**
     * A long list is not written again for each update that is added to it: that one is set at its place, and setting it
     * once more does no harm. A short one is written whole, which is less work for the database.
     */
    private static void putOutbox(JsonObject fields, List<QueuedUpdate> now, List<QueuedUpdate> before) {
        if (now.equals(before)) {
            return;
        }
        int same = 0;
        while (same < Math.min(now.size(), before.size()) && now.get(same).equals(before.get(same))) {
            same++;
        }
        if (now.size() <= SHORT_LIST || now.size() < before.size()) {
            fields.put("outbox", outbox(now));
            return;
        }
        for (int i = same; i < now.size(); i++) {
            fields.put("outbox." + i, UpdateFields.document(now.get(i)));
        }
    }

    private static void putChanged(JsonObject fields, String field, Object now, Object before) {
        if (!now.equals(before)) {
            fields.put(field, now);
        }
    }

    private static JsonArray outbox(List<QueuedUpdate> updates) {
        JsonArray outbox = new JsonArray();
        updates.forEach(update -> outbox.add(UpdateFields.document(update)));
        return outbox;
    }

    static List<Long> deliveries(JsonObject document) {
        return document.getJsonArray(DELIVERIES, new JsonArray()).stream()
                .map(fingerprint -> ((Number) fingerprint).longValue())
                .toList();
    }
}

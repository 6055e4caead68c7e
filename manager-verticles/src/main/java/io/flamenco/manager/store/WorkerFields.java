package io.flamenco.manager.store;

import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Workers and their blocklist as documents. */
final class WorkerFields {

    private WorkerFields() {}

    static JsonObject document(WorkerRow row) {
        JsonObject document = new JsonObject()
                .put("_id", Bson.oid(row.id().hex()))
                .put("nickname", row.nickname())
                .put("address", row.address())
                .put("status", row.status())
                .put("platform", row.platform())
                .put("time_cost", 0)
                .put("supported_task_types", new JsonArray(new ArrayList<>(row.supportedTaskTypes())))
                .put("software", row.software())
                .put("current_task_status", row.currentTaskStatus())
                .put("status_requested", row.statusRequested())
                .put("lazy_status_request", row.lazyStatusRequest())
                .put("sleep_schedule", sleepSchedule(row.sleepTimes()))
                .put("blacklist", new JsonArray())
                .put("hashed_secret", Bson.binary(row.hashedSecret().getBytes(StandardCharsets.UTF_8)));
        if (row.currentTask() != null) {
            document.put("current_task", Bson.oid(row.currentTask().hex()));
        }
        if (row.lastActivity() != null) {
            document.put("last_activity", Bson.date(row.lastActivity()));
        }
        if (row.currentTaskUpdated() != null) {
            document.put("current_task_updated", Bson.date(row.currentTaskUpdated()));
        }
        return document;
    }

    static WorkerRow row(JsonObject document) {
        return new WorkerRow(
                new WorkerId(Bson.hex(document.getValue("_id"))),
                document.getValue("hashed_secret") == null
                        ? ""
                        : new String(Bson.bytes(document.getValue("hashed_secret")), StandardCharsets.UTF_8),
                Values.text(document, "nickname"),
                Values.text(document, "address"),
                Values.text(document, "status"),
                Values.text(document, "platform"),
                Values.id(document, "current_task", TaskId::new),
                Bson.instantOrNull(document.getValue("last_activity")),
                texts(document, "supported_task_types"),
                Values.text(document, "software"),
                Values.text(document, "current_task_status"),
                Bson.instantOrNull(document.getValue("current_task_updated")),
                Values.text(document, "status_requested"),
                Boolean.TRUE.equals(document.getValue("lazy_status_request")),
                sleepTimes(document));
    }

    static JsonObject document(BlocklistRow row) {
        return key(row).put("_created", Bson.date(row.created()));
    }

    static JsonObject key(BlocklistRow row) {
        return new JsonObject()
                .put("worker_id", Bson.oid(row.workerId().hex()))
                .put("job_id", Bson.oid(row.jobId().hex()))
                .put("task_type", row.taskType());
    }

    static BlocklistRow blocklistRow(JsonObject document) {
        return new BlocklistRow(
                new WorkerId(Bson.hex(document.getValue("worker_id"))),
                new JobId(Bson.hex(document.getValue("job_id"))),
                Values.text(document, "task_type"),
                Bson.instant(document.getValue("_created")));
    }

    private static JsonObject sleepSchedule(SleepTimes times) {
        JsonObject schedule = new JsonObject().put("schedule_active", times.active());
        if (!times.daysOfWeek().isEmpty()) {
            schedule.put("days_of_week", times.daysOfWeek());
        }
        if (!times.start().isEmpty()) {
            schedule.put("start", new JsonObject().put("time", times.start()));
        }
        if (!times.end().isEmpty()) {
            schedule.put("end", new JsonObject().put("time", times.end()));
        }
        if (times.nextCheck() != null) {
            schedule.put("next_check", Bson.date(times.nextCheck()));
        }
        return schedule;
    }

    private static SleepTimes sleepTimes(JsonObject document) {
        if (!(document.getValue("sleep_schedule") instanceof JsonObject schedule)) {
            return SleepTimes.NONE;
        }
        return new SleepTimes(
                Boolean.TRUE.equals(schedule.getValue("schedule_active")),
                Values.text(schedule, "days_of_week"),
                time(schedule, "start"),
                time(schedule, "end"),
                Bson.instantOrNull(schedule.getValue("next_check")));
    }

    private static String time(JsonObject schedule, String field) {
        return schedule.getValue(field) instanceof JsonObject time ? Values.text(time, "time") : "";
    }

    private static List<String> texts(JsonObject document, String field) {
        List<String> texts = new ArrayList<>();
        if (document.getValue(field) instanceof JsonArray list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return List.copyOf(texts);
    }
}

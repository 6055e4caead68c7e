package io.flamenco.manager.store;

import io.flamenco.manager.store.FarmChanges.TaskChange;
import io.flamenco.manager.store.TaskRow.Progress;
import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.Id;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tasks as documents. */
final class TaskFields {

    /** Everything but what only a Worker needs. */
    static final JsonObject WITHOUT_COMMANDS =
            new JsonObject().put("commands", 0).put("log", 0);

    private static final String DELIVERIES = "taken_updates";
    private static final int SHORT_LIST = 4;
    private static final String NO_ID = "000000000000000000000000";

    private TaskFields() {}

    /** What the Manager itself decides about a task. */
    static JsonObject changing(TaskRow row) {
        JsonObject fields = new JsonObject()
                .put("status", row.status())
                .put("activity", row.activity())
                .put("worker", row.workerName())
                .put("failed_by_workers", failedBy(row.failedBy()))
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
            fields.put("metrics", metrics(row.metrics()));
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
            return changing(row);
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
            fields.put("failed_by_workers", failedBy(row.failedBy()));
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
            fields.put("metrics", metrics(row.metrics()));
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

    /** The whole document. */
    static JsonObject document(TaskRow row, WireTask task) {
        JsonObject fields = changing(row)
                .put("_id", Bson.oid(row.id().hex()))
                .put("_etag", row.etag())
                .put("name", row.name())
                .put("priority", row.priority())
                .put("job_priority", row.jobPriority())
                .put("job_type", row.jobType())
                .put("task_type", row.taskType())
                .put("commands", commands(task.commands()))
                .put("log", task.log())
                .put(
                        "parents",
                        new JsonArray(new ArrayList<>(row.parents().stream()
                                .map(id -> Bson.oid(id.hex()))
                                .toList())));
        putId(fields, "job", row.job());
        putId(fields, "manager", task.manager());
        putId(fields, "project", task.project());
        putId(fields, "user", task.user());
        return fields;
    }

    static TaskRow row(JsonObject document) {
        return new TaskRow(
                new TaskId(Bson.hex(document.getValue("_id"))),
                id(document, "job", JobId::new),
                text(document, "name"),
                text(document, "status"),
                text(document, "task_type"),
                text(document, "job_type"),
                whole(document, "priority"),
                whole(document, "job_priority"),
                text(document, "_etag"),
                parents(document),
                id(document, "worker_id", WorkerId::new),
                text(document, "worker"),
                failedBy(document),
                text(document, "activity"),
                metrics(document),
                new Progress(
                        whole(document, "task_progress_percentage"),
                        whole(document, "current_command_idx"),
                        whole(document, "command_progress_percentage")),
                Bson.instantOrNull(document.getValue("last_worker_ping")),
                Bson.instantOrNull(document.getValue("last_updated")),
                UpdateFields.updates(document.getJsonArray("outbox", new JsonArray())),
                deliveries(document));
    }

    static WireTask task(JsonObject document) {
        TaskRow row = row(document);
        return new WireTask(
                row.id(),
                row.etag(),
                row.job(),
                id(document, "manager", ManagerId::new),
                id(document, "project", ProjectId::new),
                id(document, "user", UserId::new),
                row.name(),
                row.status(),
                row.priority(),
                row.jobPriority(),
                row.jobType(),
                row.taskType(),
                commands(document),
                text(document, "log"),
                row.activity(),
                row.parents(),
                row.workerName(),
                row.failedBy(),
                row.metrics());
    }

    private static List<Long> deliveries(JsonObject document) {
        return document.getJsonArray(DELIVERIES, new JsonArray()).stream()
                .map(fingerprint -> ((Number) fingerprint).longValue())
                .toList();
    }

    static String text(JsonObject document, String field) {
        return document.getValue(field) instanceof String text ? text : "";
    }

    static int whole(JsonObject document, String field) {
        return document.getValue(field) instanceof Number number ? number.intValue() : 0;
    }

    static <T> @Nullable T id(JsonObject document, String field, Function<String, T> constructor) {
        Object value = document.getValue(field);
        if (value == null || "".equals(value)) {
            return null;
        }
        String hex = Bson.hex(value);
        return NO_ID.equals(hex) ? null : constructor.apply(hex);
    }

    static JsonArray failedBy(List<FailedByWorker> workers) {
        JsonArray list = new JsonArray();
        workers.forEach(worker -> list.add(
                new JsonObject().put("id", Bson.oid(worker.id().hex())).put("identifier", worker.identifier())));
        return list;
    }

    static List<FailedByWorker> failedBy(JsonObject document) {
        List<FailedByWorker> workers = new ArrayList<>();
        for (JsonObject worker : objects(document, "failed_by_workers")) {
            workers.add(new FailedByWorker(new WorkerId(Bson.hex(worker.getValue("id"))), text(worker, "identifier")));
        }
        return List.copyOf(workers);
    }

    static @Nullable Metrics metrics(JsonObject document) {
        if (!(document.getValue("metrics") instanceof JsonObject metrics)
                || !(metrics.getValue("timing") instanceof JsonObject timing)) {
            return null;
        }
        Map<String, Double> seconds = new LinkedHashMap<>();
        timing.forEach(entry -> {
            if (entry.getValue() instanceof Number number) {
                seconds.put(entry.getKey(), number.doubleValue());
            }
        });
        return seconds.isEmpty() ? null : new Metrics(seconds);
    }

    static List<JsonObject> objects(JsonObject document, String field) {
        List<JsonObject> objects = new ArrayList<>();
        if (document.getValue(field) instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.getValue(i) instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    private static JsonObject metrics(Metrics metrics) {
        return new JsonObject().put("timing", new JsonObject(new LinkedHashMap<>(metrics.timing())));
    }

    private static JsonArray outbox(List<QueuedUpdate> updates) {
        JsonArray outbox = new JsonArray();
        updates.forEach(update -> outbox.add(UpdateFields.document(update)));
        return outbox;
    }

    private static JsonArray commands(List<TaskCommand> commands) {
        JsonArray list = new JsonArray();
        commands.forEach(command -> list.add(new JsonObject()
                .put("name", command.name())
                .put("settings", new JsonObject(new LinkedHashMap<>(command.settings())))));
        return list;
    }

    private static List<TaskCommand> commands(JsonObject document) {
        List<TaskCommand> commands = new ArrayList<>();
        for (JsonObject command : objects(document, "commands")) {
            JsonObject settings = command.getValue("settings") instanceof JsonObject found ? found : new JsonObject();
            commands.add(new TaskCommand(text(command, "name"), wholeAgain(settings)));
        }
        return commands;
    }

    /** The original stores whole numbers as fractions; Workers want them whole. */
    private static Map<String, @Nullable Object> wholeAgain(JsonObject settings) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        settings.getMap().forEach((key, value) -> values.put(key, wholeAgain(value)));
        return values;
    }

    private static @Nullable Object wholeAgain(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> wholeAgain(object);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                map.forEach((key, item) -> values.put(String.valueOf(key), wholeAgain(item)));
                yield values;
            }
            case JsonArray array -> wholeAgain((List<?>) array.getList());
            case List<?> list -> wholeAgain(list);
            case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> number.longValue();
            case null, default -> value;
        };
    }

    private static List<@Nullable Object> wholeAgain(List<?> list) {
        List<@Nullable Object> values = new ArrayList<>();
        list.forEach(item -> values.add(wholeAgain(item)));
        return values;
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

    private static void putId(JsonObject fields, String field, @Nullable Id id) {
        if (id != null) {
            fields.put(field, Bson.oid(id.hex()));
        }
    }
}

package io.flamenco.manager.store;

import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskCommand;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as people page through them, read from the database so that the scheduler is not asked. Every read is bounded and
 * follows an index.
 */
public final class TaskPages {

    private static final String TASKS = "flamenco_tasks";
    private static final JsonObject SUMMARY = new JsonObject()
            .put("commands", 0)
            .put("log", 0)
            .put("outbox", 0)
            .put("taken_updates", 0)
            .put("parents", 0);
    private static final JsonObject BY_ID = new JsonObject().put("_id", 1);

    private final MongoClient mongo;

    public TaskPages(MongoClient mongo) {
        this.mongo = mongo;
    }

    /**
     * A task in a list.
     *
     * @param job absent for a task of no job
     * @param worker who runs it or ran it last; empty before the first
     * @param lastUpdated absent when it was never changed here
     * @param taskProgressPercentage 0 to 100
     */
    public record TaskSummary(
            TaskId id,
            String name,
            String status,
            @Nullable JobId job,
            String jobType,
            String taskType,
            int priority,
            int jobPriority,
            String worker,
            String activity,
            @Nullable Instant lastUpdated,
            int taskProgressPercentage) {}

    /** A task with what it does and what it waits for. */
    public record TaskDetails(TaskSummary summary, List<TaskCommand> commands, List<TaskId> parents) {}

    /** Makes the index that pages follow. */
    public Future<Void> prepare() {
        return mongo.createIndexWithOptions(
                TASKS, new JsonObject().put("status", 1).put("_id", 1), new IndexOptions().name("status_1__id_1"));
    }

    /**
     * Tasks by id, the oldest first.
     *
     * @param statuses only these; all when empty
     * @param after only those with a larger id
     * @param limit at most so many
     */
    public Future<List<TaskSummary>> page(Collection<String> statuses, Optional<TaskId> after, int limit) {
        if (statuses.isEmpty()) {
            return find(beyond(after), limit);
        }
        List<Future<List<TaskSummary>>> byStatus = statuses.stream()
                .distinct()
                .map(status -> find(beyond(after).put("status", status), limit))
                .toList();
        return Future.all(byStatus)
                .map(found -> byStatus.stream()
                        .flatMap(page -> page.result().stream())
                        .sorted(Comparator.comparing(TaskSummary::id))
                        .limit(limit)
                        .toList());
    }

    /** The tasks of these ids that are there. */
    public Future<List<TaskSummary>> withIds(Collection<TaskId> ids) {
        JsonArray list = new JsonArray();
        ids.forEach(id -> list.add(Bson.oid(id.hex())));
        return ids.isEmpty()
                ? Future.succeededFuture(List.of())
                : find(new JsonObject().put("_id", new JsonObject().put("$in", list)), ids.size());
    }

    /** The task of that id. */
    public Future<Optional<TaskDetails>> details(TaskId id) {
        JsonObject fields = new JsonObject().put("log", 0).put("outbox", 0);
        return mongo.findOne(TASKS, new JsonObject().put("_id", Bson.oid(id.hex())), fields)
                .map(document -> Optional.ofNullable(document).map(TaskPages::details));
    }

    private Future<List<TaskSummary>> find(JsonObject query, int limit) {
        FindOptions options =
                new FindOptions().setFields(SUMMARY).setSort(BY_ID).setLimit(limit);
        return mongo.findWithOptions(TASKS, query, options)
                .map(documents -> documents.stream().map(TaskPages::summary).toList());
    }

    private static JsonObject beyond(Optional<TaskId> after) {
        JsonObject query = new JsonObject();
        after.ifPresent(id -> query.put("_id", new JsonObject().put("$gt", Bson.oid(id.hex()))));
        return query;
    }

    private static TaskSummary summary(JsonObject document) {
        String job = document.getValue("job") instanceof JsonObject oid ? Bson.hex(oid) : null;
        return new TaskSummary(
                new TaskId(Bson.hex(document.getValue("_id"))),
                text(document, "name"),
                text(document, "status"),
                job == null ? null : new JobId(job),
                text(document, "job_type"),
                text(document, "task_type"),
                whole(document, "priority"),
                whole(document, "job_priority"),
                text(document, "worker"),
                text(document, "activity"),
                Bson.instantOrNull(document.getValue("last_updated")),
                whole(document, "task_progress_percentage"));
    }

    private static TaskDetails details(JsonObject document) {
        List<TaskCommand> commands = document.getJsonArray("commands", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(command -> new TaskCommand(
                        text(command, "name"),
                        new LinkedHashMap<>(command.getJsonObject("settings", new JsonObject())
                                .getMap())))
                .toList();
        List<TaskId> parents = document.getJsonArray("parents", new JsonArray()).stream()
                .map(parent -> new TaskId(Bson.hex(parent)))
                .toList();
        return new TaskDetails(summary(document), commands, parents);
    }

    private static String text(JsonObject document, String field) {
        return document.getValue(field) instanceof String text ? text : "";
    }

    private static int whole(JsonObject document, String field) {
        return document.getValue(field) instanceof Number number ? number.intValue() : 0;
    }
}

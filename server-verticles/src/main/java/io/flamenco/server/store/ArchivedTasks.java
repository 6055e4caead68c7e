package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tasks on their way to the archive and back: whole documents as plain JSON, in which ids are 24 hexadecimal digits and
 * moments are ISO 8601. What was taken out comes back as it was, to the last field.
 */
public final class ArchivedTasks {

    private static final List<String> IDS = List.of("_id", "job", "manager");
    private static final List<String> MOMENTS =
            List.of("_created", "_updated", "offered_at", TaskDocuments.ACTIVATED, TaskDocuments.ENDED);
    private static final String PARENTS = "parents";
    private static final String COMMANDS = "commands";
    private static final String TIMING = "timing";

    private final MongoClient mongo;
    private final NewDocuments fresh;

    public ArchivedTasks(FarmDatabase database) {
        this.mongo = database.client();
        this.fresh = new NewDocuments(database, Tasks.COLLECTION);
    }

    /**
     * Some of a job's tasks, oldest first.
     *
     * @param after the last task of the page before; empty for the first page
     */
    public Future<List<JsonObject>> page(JobId job, Optional<TaskId> after, int limit) {
        JsonObject query = new JsonObject().put("job", oid(job.hex()));
        after.ifPresent(id -> query.put("_id", new JsonObject().put("$gt", oid(id.hex()))));
        FindOptions oldestFirst =
                new FindOptions().setSort(new JsonObject().put("_id", 1)).setLimit(limit);
        return mongo.findWithOptions(Tasks.COLLECTION, query, oldestFirst)
                .map(found -> found.stream().map(ArchivedTasks::plain).toList());
    }

    /**
     * Puts tasks back.
     *
     * @throws IllegalArgumentException when one of them is none
     */
    public Future<Void> insert(List<JsonObject> plain) {
        return fresh.insert(plain.stream().map(ArchivedTasks::document).toList());
    }

    /** The task's identifier. */
    public static TaskId id(JsonObject plain) {
        return new TaskId(plain.getString("_id"));
    }

    /** Where the task's uploaded log is kept; empty when none was uploaded. */
    public static Optional<String> logFile(JsonObject plain) {
        return Optional.ofNullable(plain.getString("log_file"));
    }

    private static JsonObject plain(JsonObject document) {
        JsonObject plain = document.copy();
        IDS.forEach(key -> plain.put(key, hex(document.getValue(key))));
        MOMENTS.stream()
                .filter(document::containsKey)
                .forEach(key -> plain.put(key, instant(document.getValue(key)).toString()));
        if (document.containsKey(PARENTS)) {
            JsonArray parents = new JsonArray();
            document.getJsonArray(PARENTS).forEach(parent -> parents.add(hex(parent)));
            plain.put(PARENTS, parents);
        }
        plain.put(COMMANDS, new JsonArray(document.getString(COMMANDS, "[]")));
        if (document.containsKey(TIMING)) {
            plain.put(TIMING, new JsonObject(document.getString(TIMING)));
        }
        return plain;
    }

    private static JsonObject document(JsonObject plain) {
        JsonObject document = plain.copy();
        IDS.forEach(key -> document.put(key, oid(plain.getString(key))));
        MOMENTS.stream()
                .filter(plain::containsKey)
                .forEach(key -> document.put(key, date(Instant.parse(plain.getString(key)))));
        if (plain.containsKey(PARENTS)) {
            JsonArray parents = new JsonArray();
            plain.getJsonArray(PARENTS).forEach(parent -> parents.add(oid(String.valueOf(parent))));
            document.put(PARENTS, parents);
        }
        document.put(COMMANDS, plain.getJsonArray(COMMANDS).encode());
        if (plain.containsKey(TIMING)) {
            document.put(TIMING, plain.getJsonObject(TIMING).encode());
        }
        return document;
    }
}

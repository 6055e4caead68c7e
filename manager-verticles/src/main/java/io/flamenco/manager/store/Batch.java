package io.flamenco.manager.store;

import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of one collection that are written together, in their order, updates before deletions.
 *
 * <p>They go out as the database's own commands rather than as a bulk write of the client, which makes JSON text of each
 * document and parses it again: that took a third of the processor time of a task's whole cycle.
 *
 * <p>A change that the database will never take, such as one that makes a document too large, is complained of and left out:
 * were it tried again and again, nothing else would ever be stored.
 */
final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /** MongoDB's codes for what is wrong with the change itself, rather than with the database just now. */
    private static final Set<Integer> NEVER_TAKEN =
            Set.of(2, 9, 14, 15, 22, 28, 40, 52, 54, 57, 66, 10334, 11000, 17280, 17419, 17420);

    private static final int MOST_STATEMENTS = 1000;
    private static final JsonObject DURABLE = new JsonObject().put("w", 1).put("j", true);

    private final String collection;
    private final List<JsonObject> updates = new ArrayList<>();
    private final List<JsonObject> deletions = new ArrayList<>();

    Batch(String collection) {
        this.collection = collection;
    }

    /** Puts the document in the place of the one that the filter finds, or adds it. */
    void replace(JsonObject filter, JsonObject document) {
        update(filter, document, true);
    }

    /** Sets fields of the document that the filter finds; none means that there is nothing to do. */
    void set(JsonObject filter, JsonObject fields) {
        if (!fields.isEmpty()) {
            update(filter, new JsonObject().put("$set", fields), false);
        }
    }

    void update(JsonObject filter, JsonObject update, boolean addWhenMissing) {
        updates.add(new JsonObject().put("q", filter).put("u", update).put("upsert", addWhenMissing));
    }

    void delete(JsonObject filter) {
        deletions.add(new JsonObject().put("q", filter).put("limit", 1));
    }

    /** Deletes every document. */
    void deleteAll() {
        deletions.add(new JsonObject().put("q", new JsonObject()).put("limit", 0));
    }

    /** Writes all of it; succeeds when it is durable, and writing it again then does no harm. */
    Future<Void> write(FarmDatabase database) {
        return write(database, "update", "updates", updates, 0)
                .compose(done -> write(database, "delete", "deletes", deletions, 0));
    }

    private Future<Void> write(FarmDatabase database, String verb, String key, List<JsonObject> statements, int from) {
        if (from >= statements.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(statements.size(), from + MOST_STATEMENTS);
        JsonObject command = new JsonObject()
                .put(verb, collection)
                .put(key, new JsonArray(statements.subList(from, to)))
                .put("ordered", true)
                .put("writeConcern", DURABLE);
        return database.change(command)
                .compose(answer -> next(answer, statements, from, to))
                .compose(next -> write(database, verb, key, statements, next));
    }

    /** The database answers a command well even when it could not carry out some of its statements: those from one on. */
    private Future<Integer> next(JsonObject answer, List<JsonObject> statements, int from, int to) {
        JsonArray errors = answer.getJsonArray("writeErrors", new JsonArray());
        if (errors.isEmpty() && !answer.containsKey("writeConcernError")) {
            return Future.succeededFuture(to);
        }
        Object error = errors.isEmpty() ? answer.getValue("writeConcernError") : errors.getValue(0);
        if (error instanceof JsonObject refusal && NEVER_TAKEN.contains(refusal.getInteger("code", 0))) {
            int refused = from + refusal.getInteger("index", 0);
            LOG.error(
                    "The database will never take this change, so it is lost when the Manager ends: collection={}"
                            + " document={} reason={}",
                    collection,
                    statements.get(refused).getValue("q"),
                    refusal.getString("errmsg"));
            return Future.succeededFuture(refused + 1);
        }
        return Future.failedFuture(
                new IllegalStateException("The database refused to change " + collection + ": " + error));
    }
}

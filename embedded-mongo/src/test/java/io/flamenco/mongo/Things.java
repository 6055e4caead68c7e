package io.flamenco.mongo;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A collection that is the same before each test, in the embedded database, or in a real MongoDB when the system property
 * {@code flamenco.test.mongo} names one.
 */
final class Things implements AutoCloseable {
    static final String C = "things";

    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase database = FarmDatabase.forTest(vertx).await();
    final MongoClient client = database.client();

    Things() {
        index();
    }

    /** Makes those of its indexes that are missing. */
    void index() {
        client.createIndex(C, json("status", 1, "priority", -1)).await();
        client.createIndexWithOptions(
                        C, json("key", 1), new IndexOptions().unique(true).sparse(true))
                .await();
    }

    /** Leaves five documents there and no others. */
    void fill() {
        client.removeDocuments(C, json()).await();
        insert(json("_id", 1, "status", "queued", "priority", 10, "tags", list("a", "b"), "n", 1));
        insert(json("_id", 2, "status", "queued", "priority", 50, "tags", list("b"), "n", 2.5));
        insert(json("_id", 3, "status", "active", "priority", 50, "worker", json("name", "w1", "age", 3)));
        insert(json("_id", 4, "status", "failed", "priority", 20, "worker", null, "n", 4));
        insert(json("_id", 5, "priority", 30, "list", list(json("x", 1, "y", 1), json("x", 2, "y", 2))));
    }

    @Override
    public void close() {
        database.close().eventually(vertx::close).await();
    }

    static JsonObject json(@Nullable Object... namesAndValues) {
        var json = new JsonObject();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            json.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return json;
    }

    static JsonArray list(Object... values) {
        return new JsonArray(List.of(values));
    }

    void insert(JsonObject document) {
        client.insert(C, document).await();
    }

    List<Integer> ids(JsonObject query) {
        return ids(query, json("_id", 1), 0, -1);
    }

    List<Integer> ids(JsonObject query, JsonObject sort, int skip, int limit) {
        var options = new FindOptions().setSort(sort).setSkip(skip).setLimit(limit);
        return client.findWithOptions(C, query, options).await().stream()
                .map(found -> found.getInteger("_id"))
                .toList();
    }

    JsonObject get(int id) {
        return Objects.requireNonNull(client.findOne(C, json("_id", id), json()).await());
    }

    void update(int id, JsonObject change) {
        client.updateCollection(C, json("_id", id), change).await();
    }
}

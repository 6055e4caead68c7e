package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseCopyTest {
    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase from = FarmDatabase.forTest(vertx).await();
    private final FarmDatabase to = FarmDatabase.forTest(vertx).await();

    @AfterEach
    void close() {
        from.close().eventually(to::close).eventually(vertx::close).await();
    }

    private static List<JsonObject> all(MongoClient client, String collection) {
        var byId = new FindOptions().setSort(new JsonObject().put("_id", 1));
        return client.findWithOptions(collection, new JsonObject(), byId).await();
    }

    @Test
    void documents_and_indexes_are_the_same_afterwards() {
        var tasks = IntStream.range(0, 1234)
                .mapToObj(at -> BulkOperation.createInsert(new JsonObject()
                        .put("_id", Bson.oid("%024x".formatted(at)))
                        .put("n", at)
                        .put("long", 1L)
                        .put("double", 1.0)
                        .put("at", Bson.date(Instant.ofEpochMilli(at)))))
                .toList();
        from.client().bulkWrite("tasks", tasks).await();
        from.client().insert("workers", new JsonObject().put("_id", 1)).await();
        var options = new IndexOptions().unique(true).expireAfter(1_000_000_000L, TimeUnit.SECONDS);
        from.client()
                .createIndexWithOptions("tasks", new JsonObject().put("at", -1), options)
                .await();

        assertThat(DatabaseCopy.copy(from, to).await()).isEqualTo(1235);

        assertThat(all(to.client(), "tasks")).isEqualTo(all(from.client(), "tasks"));
        assertThat(all(to.client(), "workers")).hasSize(1);
        assertThat(to.client().listIndexes("tasks").await())
                .containsExactlyInAnyOrderElementsOf(
                        from.client().listIndexes("tasks").await());
    }

    @Test
    void a_target_with_documents_is_refused() {
        from.client().insert("tasks", new JsonObject().put("_id", 1)).await();
        to.client().insert("tasks", new JsonObject().put("_id", 2)).await();

        assertThatThrownBy(() -> DatabaseCopy.copy(from, to).await())
                .hasMessageContaining("already has 1 documents in tasks")
                .hasMessageContaining("empty database");
        assertThat(all(to.client(), "tasks")).hasSize(1);
    }
}

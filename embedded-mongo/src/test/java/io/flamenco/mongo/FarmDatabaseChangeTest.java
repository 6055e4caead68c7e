package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The short way to change documents leaves the same in the database as the client does. */
class FarmDatabaseChangeTest {
    private static final String ID = "5f1000000000000000000001";

    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase database = FarmDatabase.forTest(vertx).await();

    @AfterEach
    void close() {
        database.close().await();
        vertx.close().await();
    }

    private static JsonObject everyKind() {
        return new JsonObject()
                .put("_id", Bson.oid(ID))
                .put("text", "ä€😀")
                .put("whole", 3)
                .put("large", 1L << 40)
                .put("fraction", 0.5)
                .put("yes", true)
                .putNull("nothing")
                .put("when", Bson.date(Instant.parse("2026-11-22T10:00:00.123Z")))
                .put("bytes", Bson.binary("abc".getBytes(StandardCharsets.UTF_8)))
                .put("list", new JsonArray().add(1).add("b").add(Bson.oid(ID)).add(new JsonObject().put("c", 1)))
                .put("nested", new JsonObject(Map.of("plain", Map.of("deep", List.of(1, 2)))));
    }

    private JsonObject stored() {
        return database.client()
                .findOne("things", new JsonObject(), new JsonObject())
                .await();
    }

    private JsonObject update(JsonObject change) {
        return new JsonObject()
                .put("update", "things")
                .put(
                        "updates",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("q", new JsonObject().put("_id", Bson.oid(ID)))
                                        .put("u", change)));
    }

    @Test
    void every_kind_of_value_arrives_as_it_does_through_the_client() {
        database.client().save("things", everyKind()).await();
        JsonObject throughClient = stored();
        database.client().removeDocuments("things", new JsonObject()).await();

        database.change(new JsonObject().put("insert", "things").put("documents", new JsonArray().add(everyKind())))
                .await();

        assertThat(stored()).isEqualTo(throughClient).isEqualTo(everyKind());
    }

    @Test
    void an_answer_tells_what_was_changed() {
        database.client().save("things", everyKind()).await();

        JsonObject answer = database.change(update(new JsonObject().put("$set", new JsonObject().put("text", "other"))))
                .await();

        assertThat(answer.getInteger("n")).isEqualTo(1);
        assertThat(answer.getInteger("nModified")).isEqualTo(1);
        assertThat(stored().getString("text")).isEqualTo("other");
    }

    @Test
    void a_statement_that_fails_is_told_in_the_answer() {
        database.client().save("things", everyKind()).await();

        JsonObject answer = database.change(update(
                        new JsonObject().put("$set", new JsonObject().put("_id", Bson.freshOid()))))
                .await();

        assertThat(answer.getJsonArray("writeErrors")).hasSize(1);
        assertThat(stored()).isEqualTo(everyKind());
    }

    @Test
    void a_command_that_is_refused_fails() {
        var refused = database.change(new JsonObject()
                .put("delete", "system.views")
                .put(
                        "deletes",
                        new JsonArray()
                                .add(new JsonObject().put("q", new JsonObject()).put("limit", 0))));

        assertThatThrownBy(refused::await).isNotNull();
    }
}

package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BsonTest {
    private static final String HEX = "5f1e0c3a9b8d7c6a5b4c3d2e";
    private static final byte[] BYTES = {0, 1, -1, -2, 62, 63, (byte) 0xfb, (byte) 0xef, (byte) 0xff, 127, -128};

    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase database = FarmDatabase.forTest(vertx).await();
    private final MongoClient client = database.client();

    @BeforeAll
    void the_collection_is_empty() {
        assertThat(client.count("things", new JsonObject()).await()).isZero();
    }

    @AfterAll
    void close() {
        database.close().eventually(vertx::close).await();
    }

    private JsonObject written(@Nullable Object value) {
        var id = Bson.freshOid();
        client.insert("things", new JsonObject().put("_id", id).put("v", value)).await();
        return Objects.requireNonNull(
                client.findOne("things", new JsonObject().put("_id", id), null).await());
    }

    @Test
    void an_object_id_comes_back_as_the_same_digits_and_is_found_by_them() {
        var found = written(Bson.oid(HEX));

        assertThat(Bson.hex(found.getValue("v"))).isEqualTo(HEX);
        assertThat(client.count("things", new JsonObject().put("v", Bson.oid(HEX)))
                        .await())
                .isEqualTo(1);
        assertThat(client.count("things", new JsonObject().put("v", HEX)).await())
                .as("a string is not an object id")
                .isZero();
    }

    @Test
    void a_date_keeps_its_milliseconds() {
        for (var text : List.of("2026-11-22T02:11:32.123Z", "2026-11-22T02:11:32.100Z", "1969-12-31T23:59:59.999Z")) {
            var instant = Instant.parse(text);
            var found = written(Bson.date(instant));
            assertThat(Bson.instant(found.getValue("v"))).isEqualTo(instant);
        }
        assertThat(Bson.instant(written(Bson.date(Instant.parse("2026-11-22T02:11:32.123456Z")))
                        .getValue("v")))
                .isEqualTo(Instant.parse("2026-11-22T02:11:32.123Z"));
    }

    @Test
    void bytes_come_back_unchanged_from_an_insert_and_from_a_bulk_update() {
        assertThat(Bson.bytes(written(Bson.binary(BYTES)).getValue("v"))).isEqualTo(BYTES);

        var id = Bson.freshOid();
        var update = BulkOperation.createUpdate(
                new JsonObject().put("_id", id),
                new JsonObject().put("$set", new JsonObject().put("v", Bson.binaryInBulkUpdate(BYTES))),
                true,
                false);
        client.bulkWrite("things", List.of(update)).await();
        var found = Objects.requireNonNull(
                client.findOne("things", new JsonObject().put("_id", id), null).await());
        assertThat(Bson.bytes(found.getValue("v"))).isEqualTo(BYTES);
    }

    @Test
    void numbers_strings_booleans_and_null_keep_their_kind() {
        assertThat(written(3).getValue("v")).isEqualTo(3);
        assertThat(written(3.0).getValue("v")).isEqualTo(3.0);
        assertThat(written(3_000_000_000L).getValue("v")).isEqualTo(3_000_000_000L);
        assertThat(written(3L).getValue("v")).isEqualTo(3L);
        assertThat(written(true).getValue("v")).isEqualTo(true);
        assertThat(written("").getValue("v")).isEqualTo("");
        var absent = written(null);
        assertThat(absent.containsKey("v")).isTrue();
        assertThat(absent.getValue("v")).isNull();
        var nested = new JsonObject()
                .put("list", new JsonArray().add(1).add(2.5).addNull().add(new JsonObject()));
        assertThat(written(nested).getValue("v")).isEqualTo(nested);
    }

    @Test
    void what_is_not_of_the_expected_type_is_named_in_the_refusal() {
        assertThatThrownBy(() -> Bson.oid("nonsense")).hasMessageContaining("nonsense");
        assertThatThrownBy(() -> Bson.hex(12)).hasMessageContaining("12");
        assertThatThrownBy(() -> Bson.instant("today")).hasMessageContaining("today");
        assertThatThrownBy(() -> Bson.instant(new JsonObject().put("$date", "soon")))
                .hasMessageContaining("soon");
        assertThatThrownBy(() -> Bson.bytes(true)).hasMessageContaining("true");
        assertThat(Bson.hexOrNull(null)).isNull();
        assertThat(Bson.instantOrNull(null)).isNull();
    }
}

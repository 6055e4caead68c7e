package io.flamenco.mongo;

import static io.flamenco.mongo.Things.C;
import static io.flamenco.mongo.Things.json;
import static io.flamenco.mongo.Things.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.MongoClientBulkWriteResult;
import io.vertx.ext.mongo.UpdateOptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What of MongoDB's changes the farm relies on: whatever is used elsewhere must be listed here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesContractTest {
    private final Things things = new Things();
    private final MongoClient client = things.client;

    @BeforeEach
    void fill() {
        things.fill();
    }

    @AfterAll
    void close() {
        things.close();
    }

    @Test
    void fields_are_set_unset_counted_and_bounded() {
        things.update(1, json("$set", json("status", "active", "worker.name", "w2"), "$unset", json("tags", "")));
        things.update(1, json("$inc", json("n", 2, "fresh", 1), "$min", json("priority", 5), "$max", json("top", 7)));
        assertThat(things.get(1))
                .isEqualTo(json(
                        "_id",
                        1,
                        "status",
                        "active",
                        "priority",
                        5,
                        "n",
                        3,
                        "worker",
                        json("name", "w2"),
                        "fresh",
                        1,
                        "top",
                        7));
        things.update(1, json("$min", json("priority", 9), "$max", json("top", 3)));
        assertThat(things.get(1).getInteger("priority")).isEqualTo(5);
        assertThat(things.get(1).getInteger("top")).isEqualTo(7);
    }

    @Test
    void arrays_are_pushed_pulled_and_kept_as_sets() {
        things.update(2, json("$push", json("tags", "c")));
        things.update(2, json("$push", json("tags", json("$each", list("d", "e"), "$slice", -3))));
        assertThat(things.get(2).getJsonArray("tags")).isEqualTo(list("c", "d", "e"));
        things.update(2, json("$addToSet", json("tags", "d")));
        things.update(2, json("$addToSet", json("tags", json("$each", list("e", "f")))));
        assertThat(things.get(2).getJsonArray("tags")).isEqualTo(list("c", "d", "e", "f"));
        things.update(2, json("$pull", json("tags", json("$in", list("c", "f")))));
        assertThat(things.get(2).getJsonArray("tags")).isEqualTo(list("d", "e"));
        things.update(5, json("$pull", json("list", json("x", 1))));
        assertThat(things.get(5).getJsonArray("list")).isEqualTo(list(json("x", 2, "y", 2)));
        client.updateCollection(C, json("_id", 5, "list.x", 2), json("$set", json("list.$.y", 9)))
                .await();
        assertThat(things.get(5).getJsonArray("list")).isEqualTo(list(json("x", 2, "y", 9)));
    }

    private MongoClientBulkWriteResult upsert(JsonObject selector, JsonObject change) {
        return Objects.requireNonNull(
                client.bulkWrite(C, List.of(BulkOperation.createUpdate(selector, change, true, false)))
                        .await());
    }

    @Test
    void an_upsert_inserts_once_and_then_updates() {
        var change = json("$set", json("a", 1), "$setOnInsert", json("b", 2));
        assertThat(upsert(json("_id", 9, "c", 3), change).getMatchedCount()).isZero();
        assertThat(things.get(9)).isEqualTo(json("_id", 9, "c", 3, "a", 1, "b", 2));
        things.update(9, json("$set", json("b", 5)));
        var second = upsert(json("_id", 9), change);
        assertThat(second.getMatchedCount()).isEqualTo(1);
        assertThat(second.getModifiedCount()).isZero();
        assertThat(things.get(9).getInteger("b")).isEqualTo(5);
        upsert(json("c", 77), json("$set", json("a", 1)));
        var made =
                Objects.requireNonNull(client.findOne(C, json("c", 77), json()).await());
        assertThat(Bson.hex(made.getValue("_id"))).hasSize(24);
    }

    @Test
    void the_client_upserts_by_string_ids_and_no_others_unless_in_bulk() {
        var options = new UpdateOptions().setUpsert(true);
        client.updateCollectionWithOptions(C, json("_id", "nine"), json("$set", json("a", 1)), options)
                .await();
        assertThat(client.count(C, json("_id", "nine", "a", 1)).await()).isEqualTo(1);
        assertThatThrownBy(() -> client.updateCollectionWithOptions(
                                C, json("_id", Bson.freshOid()), json("$set", json("a", 1)), options)
                        .await())
                .hasMessageContaining("immutable field");
    }

    @Test
    void many_documents_are_updated_or_replaced_and_counted() {
        var all = client.updateCollectionWithOptions(
                        C,
                        json("priority", 50),
                        json("$set", json("status", "queued")),
                        new UpdateOptions().setMulti(true))
                .await();
        assertThat(all.getDocMatched()).isEqualTo(2);
        assertThat(all.getDocModified()).isEqualTo(1);
        assertThat(things.ids(json("status", "queued"))).containsExactly(1, 2, 3);
        client.replaceDocuments(C, json("_id", 3), json("only", true)).await();
        assertThat(things.get(3)).isEqualTo(json("_id", 3, "only", true));
        assertThat(client.count(C, json("status", "queued")).await()).isEqualTo(2);
        assertThat(client.removeDocuments(C, json("status", "queued")).await().getRemovedCount())
                .isEqualTo(2);
        assertThat(client.removeDocument(C, json("priority", json("$gt", 0)))
                        .await()
                        .getRemovedCount())
                .isEqualTo(1);
        assertThat(client.count(C, json()).await()).isEqualTo(2);
    }

    @Test
    void find_and_modify_takes_the_first_in_order_and_gives_it_before_or_after() {
        var order = new FindOptions().setSort(json("priority", -1, "_id", 1));
        var claim = json("$set", json("status", "active"));
        var before = client.findOneAndUpdateWithOptions(C, json("status", "queued"), claim, order, new UpdateOptions())
                .await();
        assertThat(before).isEqualTo(json("_id", 2, "status", "queued", "priority", 50, "tags", list("b"), "n", 2.5));
        var after = client.findOneAndUpdateWithOptions(
                        C, json("status", "queued"), claim, order, new UpdateOptions().setReturningNewDocument(true))
                .await();
        assertThat(Objects.requireNonNull(after).getString("status")).isEqualTo("active");
        assertThat(client.findOneAndUpdate(C, json("status", "queued"), claim).await())
                .isNull();
        var removed = client.findOneAndDeleteWithOptions(C, json("status", "active"), order)
                .await();
        assertThat(Objects.requireNonNull(removed).getInteger("_id")).isEqualTo(2);
        var upserted = client.findOneAndUpdateWithOptions(
                        C,
                        json("_id", 42),
                        json("$inc", json("seq", 1)),
                        new FindOptions(),
                        new UpdateOptions().setUpsert(true).setReturningNewDocument(true))
                .await();
        assertThat(upserted).isEqualTo(json("_id", 42, "seq", 1));
    }

    @Test
    void an_ordered_bulk_write_stops_at_its_first_error_and_an_unordered_one_goes_on() {
        var writes = List.of(
                BulkOperation.createUpdate(json("_id", 1), json("$set", json("n", 100))),
                BulkOperation.createInsert(json("_id", 1)),
                BulkOperation.createInsert(json("_id", 70)),
                BulkOperation.createUpdate(json("_id", 71), json("$set", json("n", 1)), true, false),
                BulkOperation.createDelete(json("_id", 2)));
        assertThatThrownBy(() -> client.bulkWrite(C, writes).await()).isInstanceOf(MongoBulkWriteException.class);
        assertThat(things.get(1).getInteger("n")).isEqualTo(100);
        assertThat(things.ids(json())).containsExactly(1, 2, 3, 4, 5);

        assertThatThrownBy(() -> client.bulkWriteWithOptions(C, writes, new BulkWriteOptions().setOrdered(false))
                        .await())
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
                    assertThat(e.getWriteErrors())
                            .extracting(error -> error.getIndex())
                            .containsExactly(1);
                    assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(1);
                    assertThat(e.getWriteResult().getDeletedCount()).isEqualTo(1);
                });
        assertThat(things.ids(json())).containsExactly(1, 3, 4, 5, 70, 71);
    }

    @Test
    void a_bulk_write_counts_what_it_did() {
        var done = client.bulkWrite(
                        C,
                        List.of(
                                BulkOperation.createUpdate(json("_id", 1), json("$set", json("n", 1))),
                                BulkOperation.createUpdate(json("_id", 2), json("$set", json("n", 1))),
                                BulkOperation.createUpdate(json("_id", 99), json("$set", json("n", 1))),
                                BulkOperation.createReplace(json("_id", 80), json("n", 1), true)))
                .await();
        assertThat(done.getMatchedCount()).isEqualTo(2);
        assertThat(done.getModifiedCount()).isEqualTo(1);
        assertThat(done.getUpserts())
                .extracting(upsert -> upsert.getInteger("index"))
                .containsExactly(3);
    }

    @Test
    void an_ordered_bulk_of_updates_stops_at_an_error_among_them() {
        things.insert(json("_id", 60, "key", "taken"));
        var writes = List.of(
                BulkOperation.createUpdate(json("_id", 1), json("$set", json("key", "taken"))),
                BulkOperation.createUpdate(json("_id", 2), json("$set", json("n", 7))));
        assertThatThrownBy(() -> client.bulkWrite(C, writes).await()).hasMessageContaining("E11000");
        assertThat(things.get(2).getDouble("n")).isEqualTo(2.5);
        assertThat(things.get(1).containsKey("key")).isFalse();
    }

    @Test
    void an_id_can_not_be_changed() {
        assertThatThrownBy(() -> things.update(1, json("$set", json("_id", 2)))).hasMessageContaining("immutable");
    }
}

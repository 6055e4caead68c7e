package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.MongoClientBulkWriteResult;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What of MongoDB the farm relies on. Runs against the embedded database, and against a real MongoDB when the system property
 * {@code flamenco.test.mongo} names one: whatever is used elsewhere must be listed here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorsContractTest {
    private static final String C = "things";

    private final Vertx vertx = Vertx.vertx();
    private final FarmDatabase database = FarmDatabase.forTest(vertx).await();
    private final MongoClient client = database.client();

    @BeforeAll
    void index() {
        client.createIndex(C, json("status", 1, "priority", -1)).await();
        client.createIndexWithOptions(
                        C, json("key", 1), new IndexOptions().unique(true).sparse(true))
                .await();
    }

    @BeforeEach
    void fill() {
        client.removeDocuments(C, json()).await();
        insert(json("_id", 1, "status", "queued", "priority", 10, "tags", list("a", "b"), "n", 1));
        insert(json("_id", 2, "status", "queued", "priority", 50, "tags", list("b"), "n", 2.5));
        insert(json("_id", 3, "status", "active", "priority", 50, "worker", json("name", "w1", "age", 3)));
        insert(json("_id", 4, "status", "failed", "priority", 20, "worker", null, "n", 4));
        insert(json("_id", 5, "priority", 30, "list", list(json("x", 1, "y", 1), json("x", 2, "y", 2))));
    }

    @AfterAll
    void close() {
        database.close().eventually(vertx::close).await();
    }

    private static JsonObject json(@Nullable Object... namesAndValues) {
        var json = new JsonObject();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            json.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return json;
    }

    private static JsonArray list(Object... values) {
        return new JsonArray(List.of(values));
    }

    private void insert(JsonObject document) {
        client.insert(C, document).await();
    }

    private List<Integer> ids(JsonObject query) {
        return ids(query, json("_id", 1), 0, -1);
    }

    private List<Integer> ids(JsonObject query, JsonObject sort, int skip, int limit) {
        var options = new FindOptions().setSort(sort).setSkip(skip).setLimit(limit);
        return client.findWithOptions(C, query, options).await().stream()
                .map(found -> found.getInteger("_id"))
                .toList();
    }

    private JsonObject get(int id) {
        return Objects.requireNonNull(client.findOne(C, json("_id", id), json()).await());
    }

    private void update(int id, JsonObject change) {
        client.updateCollection(C, json("_id", id), change).await();
    }

    @Test
    void equality_finds_values_elements_inner_fields_and_absence() {
        assertThat(ids(json("status", "queued"))).containsExactly(1, 2);
        assertThat(ids(json("tags", "b"))).containsExactly(1, 2);
        assertThat(ids(json("tags", list("a", "b")))).containsExactly(1);
        assertThat(ids(json("worker.name", "w1"))).containsExactly(3);
        assertThat(ids(json("list.x", 2))).containsExactly(5);
        assertThat(ids(json("worker", null))).containsExactly(1, 2, 4, 5);
        assertThat(ids(json("n", 1.0))).containsExactly(1);
    }

    @Test
    void comparisons_stay_within_a_type() {
        assertThat(ids(json("priority", json("$gt", 20)))).containsExactly(2, 3, 5);
        assertThat(ids(json("priority", json("$gte", 20, "$lt", 50)))).containsExactly(4, 5);
        assertThat(ids(json("n", json("$lte", 2.5)))).containsExactly(1, 2);
        assertThat(ids(json("status", json("$gt", 5)))).isEmpty();
        assertThat(ids(json("status", json("$ne", "queued")))).containsExactly(3, 4, 5);
    }

    @Test
    void lists_of_values_and_their_negation() {
        assertThat(ids(json("status", json("$in", list("active", "failed"))))).containsExactly(3, 4);
        assertThat(ids(json("_id", json("$in", list(5, 1, 99))))).containsExactly(1, 5);
        assertThat(ids(json("status", json("$nin", list("active", "failed"))))).containsExactly(1, 2, 5);
        assertThat(ids(json("tags", json("$in", list("a"))))).containsExactly(1);
    }

    @Test
    void existence_combination_elements_and_patterns() {
        assertThat(ids(json("worker", json("$exists", true)))).containsExactly(3, 4);
        assertThat(ids(json("worker", json("$exists", false)))).containsExactly(1, 2, 5);
        assertThat(ids(json("$or", list(json("_id", 1), json("status", "failed")))))
                .containsExactly(1, 4);
        assertThat(ids(json("$and", list(json("status", "queued"), json("priority", 50)))))
                .containsExactly(2);
        assertThat(ids(json("list", json("$elemMatch", json("x", 1, "y", 1))))).containsExactly(5);
        assertThat(ids(json("list", json("$elemMatch", json("x", 1, "y", 2))))).isEmpty();
        assertThat(ids(json("status", json("$regex", "^QUE", "$options", "i")))).containsExactly(1, 2);
        assertThat(ids(json("status", json("$not", json("$in", list("queued"))))))
                .containsExactly(3, 4, 5);
        assertThat(ids(json("tags", json("$size", 2)))).containsExactly(1);
    }

    @Test
    void sorting_puts_absent_first_and_takes_several_fields() {
        assertThat(ids(json(), json("status", 1, "priority", -1), 0, -1)).containsExactly(5, 3, 4, 2, 1);
        assertThat(ids(json(), json("priority", -1, "_id", 1), 0, -1)).containsExactly(2, 3, 5, 4, 1);
        assertThat(ids(json(), json("priority", -1, "_id", 1), 1, 2)).containsExactly(3, 5);
        var claimable = json("status", json("$in", list("queued", "active")));
        assertThat(ids(claimable, json("priority", -1, "_id", 1), 0, 2)).containsExactly(2, 3);
    }

    @Test
    void projections_keep_or_leave_out_fields() {
        var found = client.findOne(C, json("_id", 3), json("worker.name", 1)).await();
        assertThat(found).isEqualTo(json("_id", 3, "worker", json("name", "w1")));
        found = client.findOne(C, json("_id", 1), json("tags", 0, "n", 0)).await();
        assertThat(found).isEqualTo(json("_id", 1, "status", "queued", "priority", 10));
    }

    @Test
    void fields_are_set_unset_counted_and_bounded() {
        update(1, json("$set", json("status", "active", "worker.name", "w2"), "$unset", json("tags", "")));
        update(1, json("$inc", json("n", 2, "fresh", 1), "$min", json("priority", 5), "$max", json("top", 7)));
        assertThat(get(1))
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
        update(1, json("$min", json("priority", 9), "$max", json("top", 3)));
        assertThat(get(1).getInteger("priority")).isEqualTo(5);
        assertThat(get(1).getInteger("top")).isEqualTo(7);
    }

    @Test
    void arrays_are_pushed_pulled_and_kept_as_sets() {
        update(2, json("$push", json("tags", "c")));
        update(2, json("$push", json("tags", json("$each", list("d", "e"), "$slice", -3))));
        assertThat(get(2).getJsonArray("tags")).isEqualTo(list("c", "d", "e"));
        update(2, json("$addToSet", json("tags", "d")));
        update(2, json("$addToSet", json("tags", json("$each", list("e", "f")))));
        assertThat(get(2).getJsonArray("tags")).isEqualTo(list("c", "d", "e", "f"));
        update(2, json("$pull", json("tags", json("$in", list("c", "f")))));
        assertThat(get(2).getJsonArray("tags")).isEqualTo(list("d", "e"));
        update(5, json("$pull", json("list", json("x", 1))));
        assertThat(get(5).getJsonArray("list")).isEqualTo(list(json("x", 2, "y", 2)));
        client.updateCollection(C, json("_id", 5, "list.x", 2), json("$set", json("list.$.y", 9)))
                .await();
        assertThat(get(5).getJsonArray("list")).isEqualTo(list(json("x", 2, "y", 9)));
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
        assertThat(get(9)).isEqualTo(json("_id", 9, "c", 3, "a", 1, "b", 2));
        update(9, json("$set", json("b", 5)));
        var second = upsert(json("_id", 9), change);
        assertThat(second.getMatchedCount()).isEqualTo(1);
        assertThat(second.getModifiedCount()).isZero();
        assertThat(get(9).getInteger("b")).isEqualTo(5);
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
        assertThat(ids(json("status", "queued"))).containsExactly(1, 2, 3);
        client.replaceDocuments(C, json("_id", 3), json("only", true)).await();
        assertThat(get(3)).isEqualTo(json("_id", 3, "only", true));
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
        assertThat(get(1).getInteger("n")).isEqualTo(100);
        assertThat(ids(json())).containsExactly(1, 2, 3, 4, 5);

        assertThatThrownBy(() -> client.bulkWriteWithOptions(C, writes, new BulkWriteOptions().setOrdered(false))
                        .await())
                .isInstanceOfSatisfying(MongoBulkWriteException.class, e -> {
                    assertThat(e.getWriteErrors())
                            .extracting(error -> error.getIndex())
                            .containsExactly(1);
                    assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(1);
                    assertThat(e.getWriteResult().getDeletedCount()).isEqualTo(1);
                });
        assertThat(ids(json())).containsExactly(1, 3, 4, 5, 70, 71);
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
        insert(json("_id", 60, "key", "taken"));
        var writes = List.of(
                BulkOperation.createUpdate(json("_id", 1), json("$set", json("key", "taken"))),
                BulkOperation.createUpdate(json("_id", 2), json("$set", json("n", 7))));
        assertThatThrownBy(() -> client.bulkWrite(C, writes).await()).hasMessageContaining("E11000");
        assertThat(get(2).getDouble("n")).isEqualTo(2.5);
        assertThat(get(1).containsKey("key")).isFalse();
    }

    @Test
    void unique_keys_are_kept_and_a_sparse_index_lets_the_field_be_absent() {
        insert(json("_id", 50, "key", "k"));
        assertThatThrownBy(() -> insert(json("_id", 51, "key", "k")))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        e -> assertThat(e.getError().getCode()).isEqualTo(11000))
                .hasMessageContaining("dup key: { key: \"k\" }");
        client.removeDocument(C, json("_id", 50)).await();
        insert(json("_id", 51, "key", "k"));
        assertThat(ids(json("key", null))).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void an_id_can_not_be_changed() {
        assertThatThrownBy(() -> update(1, json("$set", json("_id", 2)))).hasMessageContaining("immutable");
    }

    @Test
    void distinct_values_are_those_of_the_matching_documents() {
        assertThat(client.distinctWithQuery(C, "status", String.class.getName(), json("priority", json("$gte", 20)))
                        .await())
                .containsExactlyInAnyOrder("queued", "active", "failed");
    }

    @Test
    void aggregations_match_group_sort_limit_and_project() {
        var pipeline = list(
                json("$match", json("priority", json("$gte", 20))),
                json("$group", json("_id", "$status", "tasks", json("$sum", 1), "most", json("$max", "$priority"))),
                json("$sort", json("tasks", -1, "_id", 1)),
                json("$limit", 2),
                json("$project", json("_id", 0, "status", "$_id", "tasks", 1, "most", 1)));
        assertThat(aggregated(pipeline))
                .extracting(JsonObject::getMap)
                .extracting(map -> map.get("status"), map -> map.get("most"))
                .containsExactly(tuple(null, 30), tuple("active", 50));
        assertThat(aggregated(list(
                        json("$sort", json("priority", 1)), json("$limit", 1), json("$project", json("priority", 1)))))
                .containsExactly(json("_id", 1, "priority", 10));
    }

    private List<JsonObject> aggregated(JsonArray pipeline) {
        var results = new LinkedBlockingQueue<JsonObject>();
        var done = Promise.<Void>promise();
        client.aggregate(C, pipeline)
                .exceptionHandler(done::tryFail)
                .endHandler(end -> done.tryComplete())
                .handler(results::add);
        done.future().await();
        return List.copyOf(results);
    }

    @Test
    void indexes_are_listed_dropped_and_made_again() {
        assertThat(indexNames()).contains("_id_", "status_1_priority_-1", "key_1");
        client.dropIndex(C, "status_1_priority_-1").await();
        assertThat(indexNames()).doesNotContain("status_1_priority_-1");
        assertThat(ids(json("status", "queued"))).containsExactly(1, 2);
        index();
        assertThat(ids(json("status", "queued"), json("priority", -1), 0, -1)).containsExactly(2, 1);
    }

    @Test
    void an_index_is_dropped_in_its_own_collection_only() {
        client.createIndex("other", json("status", 1)).await();
        client.createIndex(C, json("status", 1)).await();

        client.dropIndex(C, "status_1").await();

        assertThat(client.listIndexes("other").await()).hasSize(2);
        assertThat(indexNames()).doesNotContain("status_1");
        assertThatThrownBy(() -> client.dropIndex(C, "status_1").await()).hasMessageContaining("index not found");
        client.dropIndex("other", json("status", 1)).await();
        assertThat(client.listIndexes("other").await()).hasSize(1);
        client.dropCollection("other").await();
    }

    private Stream<String> indexNames() {
        return client.listIndexes(C).await().stream().map(index -> ((JsonObject) index).getString("name"));
    }

    @Test
    void a_unique_index_is_refused_over_duplicates_and_leaves_nothing_behind() {
        assertThatThrownBy(() -> client.createIndexWithOptions(C, json("priority", 1), new IndexOptions().unique(true))
                        .await())
                .hasMessageContaining("E11000");
        client.createIndex(C, json("priority", 1)).await();
        assertThat(ids(json("priority", 50))).containsExactly(2, 3);
        client.dropIndex(C, "priority_1").await();
    }

    @Test
    void collections_are_made_by_writing_listed_and_dropped() {
        client.insert("other", json("_id", 1)).await();
        assertThat(client.getCollections().await()).contains(C, "other");
        client.dropCollection("other").await();
        assertThat(client.getCollections().await()).contains(C).doesNotContain("other");
        assertThat(client.count("other", json()).await()).isZero();
        client.insert("other", json("_id", 1)).await();
        assertThat(client.count("other", json()).await()).isEqualTo(1);
    }

    @Test
    void a_large_result_is_read_in_batches_while_it_changes() {
        var documents = Stream.iterate(100, id -> id + 1)
                .limit(3000)
                .map(id -> BulkOperation.createInsert(json("_id", id, "big", true, "text", "x".repeat(100))))
                .toList();
        client.bulkWrite(C, documents).await();
        var seen = new ConcurrentSkipListSet<Integer>();
        var done = Promise.<Void>promise();
        client.findBatchWithOptions(
                        C,
                        json("big", true),
                        new FindOptions().setBatchSize(100).setSort(json("_id", 1)))
                .exceptionHandler(done::tryFail)
                .endHandler(end -> done.tryComplete())
                .handler(document -> {
                    if (seen.isEmpty()) {
                        client.removeDocument(C, json("_id", 3099)).onFailure(done::tryFail);
                    }
                    seen.add(document.getInteger("_id"));
                });
        done.future().await();
        assertThat(seen).hasSizeBetween(2999, 3000).contains(100, 3098);
    }

    @Test
    void every_type_comes_back_as_it_went_in() {
        var values = Map.of(
                "int",
                1,
                "long",
                1L,
                "double",
                1.0,
                "text",
                "ä\u20ac\ud83d\ude00",
                "flag",
                false,
                "oid",
                Bson.oid("5f1e0c3a9b8d7c6a5b4c3d2e"),
                "date",
                Bson.date(Instant.parse("2026-11-22T02:11:32.123Z")),
                "document",
                json("b", 1, "a", json()),
                "list",
                list(1, list(), "x"));
        var document = json("_id", 200, "absent", null);
        values.forEach(document::put);
        insert(document.copy());
        update(200, json("$set", json("touched", true)));
        assertThat(get(200)).isEqualTo(document.put("touched", true));
        values.forEach((name, value) -> assertThat(get(200).getValue(name)).hasSameClassAs(value));
    }
}

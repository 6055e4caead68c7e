package io.flamenco.mongo;

import static io.flamenco.mongo.Things.C;
import static io.flamenco.mongo.Things.json;
import static io.flamenco.mongo.Things.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What of MongoDB's queries the farm relies on: whatever is used elsewhere must be listed here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueriesContractTest {
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
    void equality_finds_values_elements_inner_fields_and_absence() {
        assertThat(things.ids(json("status", "queued"))).containsExactly(1, 2);
        assertThat(things.ids(json("tags", "b"))).containsExactly(1, 2);
        assertThat(things.ids(json("tags", list("a", "b")))).containsExactly(1);
        assertThat(things.ids(json("worker.name", "w1"))).containsExactly(3);
        assertThat(things.ids(json("list.x", 2))).containsExactly(5);
        assertThat(things.ids(json("worker", null))).containsExactly(1, 2, 4, 5);
        assertThat(things.ids(json("n", 1.0))).containsExactly(1);
    }

    @Test
    void comparisons_stay_within_a_type() {
        assertThat(things.ids(json("priority", json("$gt", 20)))).containsExactly(2, 3, 5);
        assertThat(things.ids(json("priority", json("$gte", 20, "$lt", 50)))).containsExactly(4, 5);
        assertThat(things.ids(json("n", json("$lte", 2.5)))).containsExactly(1, 2);
        assertThat(things.ids(json("status", json("$gt", 5)))).isEmpty();
        assertThat(things.ids(json("status", json("$ne", "queued")))).containsExactly(3, 4, 5);
    }

    @Test
    void lists_of_values_and_their_negation() {
        assertThat(things.ids(json("status", json("$in", list("active", "failed")))))
                .containsExactly(3, 4);
        assertThat(things.ids(json("_id", json("$in", list(5, 1, 99))))).containsExactly(1, 5);
        assertThat(things.ids(json("status", json("$nin", list("active", "failed")))))
                .containsExactly(1, 2, 5);
        assertThat(things.ids(json("tags", json("$in", list("a"))))).containsExactly(1);
    }

    @Test
    void existence_combination_elements_and_patterns() {
        assertThat(things.ids(json("worker", json("$exists", true)))).containsExactly(3, 4);
        assertThat(things.ids(json("worker", json("$exists", false)))).containsExactly(1, 2, 5);
        assertThat(things.ids(json("$or", list(json("_id", 1), json("status", "failed")))))
                .containsExactly(1, 4);
        assertThat(things.ids(json("$and", list(json("status", "queued"), json("priority", 50)))))
                .containsExactly(2);
        assertThat(things.ids(json("list", json("$elemMatch", json("x", 1, "y", 1)))))
                .containsExactly(5);
        assertThat(things.ids(json("list", json("$elemMatch", json("x", 1, "y", 2)))))
                .isEmpty();
        assertThat(things.ids(json("status", json("$regex", "^QUE", "$options", "i"))))
                .containsExactly(1, 2);
        assertThat(things.ids(json("status", json("$not", json("$in", list("queued"))))))
                .containsExactly(3, 4, 5);
        assertThat(things.ids(json("tags", json("$size", 2)))).containsExactly(1);
    }

    @Test
    void sorting_puts_absent_first_and_takes_several_fields() {
        assertThat(things.ids(json(), json("status", 1, "priority", -1), 0, -1)).containsExactly(5, 3, 4, 2, 1);
        assertThat(things.ids(json(), json("priority", -1, "_id", 1), 0, -1)).containsExactly(2, 3, 5, 4, 1);
        assertThat(things.ids(json(), json("priority", -1, "_id", 1), 1, 2)).containsExactly(3, 5);
        var claimable = json("status", json("$in", list("queued", "active")));
        assertThat(things.ids(claimable, json("priority", -1, "_id", 1), 0, 2)).containsExactly(2, 3);
    }

    @Test
    void projections_keep_or_leave_out_fields() {
        var found = client.findOne(C, json("_id", 3), json("worker.name", 1)).await();
        assertThat(found).isEqualTo(json("_id", 3, "worker", json("name", "w1")));
        found = client.findOne(C, json("_id", 1), json("tags", 0, "n", 0)).await();
        assertThat(found).isEqualTo(json("_id", 1, "status", "queued", "priority", 10));
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
        things.insert(document.copy());
        things.update(200, json("$set", json("touched", true)));
        assertThat(things.get(200)).isEqualTo(document.put("touched", true));
        values.forEach(
                (name, value) -> assertThat(things.get(200).getValue(name)).hasSameClassAs(value));
    }
}

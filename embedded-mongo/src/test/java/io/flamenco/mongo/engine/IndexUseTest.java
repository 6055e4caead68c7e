package io.flamenco.mongo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How many documents a query looks at, in a collection of a hundred thousand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexUseTest {
    private static final int SIZE = 100_000;
    private static final List<String> STATUSES = List.of("queued", "active", "completed", "failed", "paused");

    private final Shell shell = new Shell();

    @BeforeAll
    void fill() {
        for (int from = 0; from < SIZE; from += 1000) {
            var documents = new ArrayList<Document>();
            for (int at = from; at < from + 1000; at++) {
                documents.add(new Document("_id", at)
                        .append("status", STATUSES.get(at % STATUSES.size()))
                        .append("priority", at / STATUSES.size() % 100)
                        .append("job", new ObjectId("5f1e0c3a9b8d7c6a5b4c%04x".formatted(at / 100)))
                        .append("parents", List.of(at - 1, at - 2)));
            }
            shell.insert("tasks", documents.toArray(Document[]::new));
        }
        shell.createIndex("tasks", new Document("status", 1).append("priority", -1), false);
        shell.createIndex("tasks", new Document("job", 1), false);
        shell.createIndex("tasks", new Document("parents", 1), false);
    }

    @AfterAll
    void close() {
        shell.close();
    }

    private static Document find(Document query) {
        return new Document("find", "tasks").append("filter", query);
    }

    private long examined(Document command, int expectedResults) {
        return shell.examinedBy(
                () -> assertThat(shell.find(command.cloneDeeply())).hasSize(expectedResults));
    }

    @Test
    void an_id_is_looked_up_whatever_else_is_asked() {
        assertThat(examined(find(new Document("_id", 4711)), 1)).isEqualTo(1);
        assertThat(examined(find(new Document("_id", 4711).append("status", "active")), 1))
                .isEqualTo(1);
        assertThat(examined(find(new Document("status", "queued").append("_id", 4711)), 0))
                .isEqualTo(1);
        assertThat(examined(find(new Document("_id", new Document("$in", List.of(1, 2, 3, -1)))), 3))
                .isEqualTo(3);
        assertThat(examined(find(new Document("_id", new Document("$gte", 10).append("$lt", 15))), 5))
                .isEqualTo(5);
    }

    @Test
    void a_sort_with_a_limit_walks_the_index_in_either_direction() {
        for (int direction : List.of(1, -1)) {
            var first = find(new Document("status", "queued"))
                    .append("sort", new Document("priority", direction).append("_id", -direction))
                    .append("limit", 10);
            assertThat(examined(first, 10)).isEqualTo(10);
        }
    }

    @Test
    void several_values_are_merged_into_one_sorted_walk() {
        var claim = find(new Document("status", new Document("$in", List.of("queued", "active", "paused"))))
                .append("sort", new Document("priority", -1))
                .append("limit", 5);
        assertThat(examined(claim, 5)).isLessThanOrEqualTo(8);
    }

    @Test
    void a_range_behind_an_equality_sees_only_what_is_in_it() {
        var range = find(new Document("status", "failed").append("priority", new Document("$gt", 97)));
        assertThat(examined(range, SIZE / 5 / 100 * 2)).isEqualTo(SIZE / 5 / 100 * 2);
    }

    @Test
    void an_element_of_an_array_is_looked_up() {
        assertThat(examined(find(new Document("parents", 500)), 2)).isEqualTo(2);
    }

    @Test
    void the_rarer_condition_decides() {
        var job = new ObjectId("5f1e0c3a9b8d7c6a5b4c0001");
        assertThat(examined(find(new Document("status", "queued").append("job", job)), 20))
                .isEqualTo(100);
    }

    @Test
    void alternatives_are_looked_up_one_by_one() {
        var query = new Document(
                "$or", List.of(new Document("_id", 3), new Document("parents", 500), new Document("_id", 501)));
        assertThat(examined(find(query), 3)).isLessThanOrEqualTo(4);
    }

    @Test
    void a_count_by_index_looks_at_nothing() {
        assertThat(shell.examinedBy(() -> assertThat(shell.count("tasks", new Document("status", "active")))
                        .isEqualTo(SIZE / 5)))
                .isZero();
    }

    @Test
    void an_aggregation_begins_with_the_index() {
        var pipeline = List.of(
                new Document("$match", new Document("job", new ObjectId("5f1e0c3a9b8d7c6a5b4c0002"))),
                new Document("$group", new Document("_id", "$status").append("n", new Document("$sum", 1))));
        var command =
                new Document("aggregate", "tasks").append("pipeline", pipeline).append("cursor", new Document());
        assertThat(examined(command, 5)).isEqualTo(100);
    }

    @Test
    void one_update_of_many_matches_stops_at_the_first() {
        var statement = new Document("q", new Document("status", "paused").append("priority", 3))
                .append("u", new Document("$set", new Document("seen", true)));
        assertThat(shell.examinedBy(
                        () -> shell.run(new Document("update", "tasks").append("updates", List.of(statement)))))
                .isEqualTo(1);
    }

    @Test
    void without_a_fitting_index_everything_is_looked_at() {
        assertThat(examined(find(new Document("priority", 1000)), 0)).isEqualTo(SIZE);
    }

    @Test
    void what_an_index_can_not_do_here_is_refused_when_it_is_made() {
        assertThatThrownBy(() -> shell.run(new Document("createIndexes", "tasks")
                        .append(
                                "indexes",
                                List.of(new Document("key", new Document("a", 1))
                                        .append("name", "a_1")
                                        .append("partialFilterExpression", new Document())))))
                .hasMessageContaining("partialFilterExpression");
        assertThatThrownBy(() -> shell.createIndex("tasks", new Document("name", "text"), false))
                .hasMessageContaining("ascending and descending");
    }
}

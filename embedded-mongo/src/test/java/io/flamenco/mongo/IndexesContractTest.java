package io.flamenco.mongo;

import static io.flamenco.mongo.Things.C;
import static io.flamenco.mongo.Things.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoWriteException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What of MongoDB's indexes and collections the farm relies on: whatever is used elsewhere must be listed here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexesContractTest {
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
    void unique_keys_are_kept_and_a_sparse_index_lets_the_field_be_absent() {
        things.insert(json("_id", 50, "key", "k"));
        assertThatThrownBy(() -> things.insert(json("_id", 51, "key", "k")))
                .isInstanceOfSatisfying(
                        MongoWriteException.class,
                        e -> assertThat(e.getError().getCode()).isEqualTo(11000))
                .hasMessageContaining("dup key: { key: \"k\" }");
        client.removeDocument(C, json("_id", 50)).await();
        things.insert(json("_id", 51, "key", "k"));
        assertThat(things.ids(json("key", null))).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void indexes_are_listed_dropped_and_made_again() {
        assertThat(indexNames()).contains("_id_", "status_1_priority_-1", "key_1");
        client.dropIndex(C, "status_1_priority_-1").await();
        assertThat(indexNames()).doesNotContain("status_1_priority_-1");
        assertThat(things.ids(json("status", "queued"))).containsExactly(1, 2);
        things.index();
        assertThat(things.ids(json("status", "queued"), json("priority", -1), 0, -1))
                .containsExactly(2, 1);
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
        assertThat(things.ids(json("priority", 50))).containsExactly(2, 3);
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
}

package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedMongoTest {
    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedMongo database = EmbeddedMongo.inMemory();
    private final MongoClient client = connect(database.connectionString());

    private MongoClient connect(String url) {
        return MongoClient.create(
                vertx, new JsonObject().put("connection_string", url).put("db_name", "test"));
    }

    @AfterEach
    void close() {
        client.close().await();
        database.close();
        vertx.close().await();
    }

    private static JsonObject id(Object id) {
        return new JsonObject().put("_id", id);
    }

    @Test
    void nobody_gets_in_without_the_password() {
        client.insert("secrets", id(1)).await();
        var host = new ConnectionString(database.connectionString()).getHosts().get(0);

        for (var url : List.of("mongodb://" + host, "mongodb://flamenco:guess@" + host + "/?authSource=admin")) {
            var stranger = connect(url);
            assertThatThrownBy(() -> stranger.find("secrets", new JsonObject()).await())
                    .hasMessageMatching("(?s).*(requires authentication|authenticating).*");
            assertThatThrownBy(() -> stranger.removeDocuments("secrets", new JsonObject())
                            .await())
                    .hasMessageMatching("(?s).*(requires authentication|authenticating).*");
            stranger.close().await();
        }
        assertThat(client.count("secrets", new JsonObject()).await()).isEqualTo(1);
    }

    @Test
    void the_server_listens_on_loopback_only() {
        assertThat(new ConnectionString(database.connectionString()).getHosts().get(0))
                .startsWith("127.0.0.1:");
    }

    @Test
    void a_document_that_would_grow_beyond_16_megabytes_is_refused_and_stays_as_it_is() {
        var half = "x".repeat(9 << 20);
        client.insert("big", id(1).put("a", half)).await();

        assertThatThrownBy(() -> client.updateCollection(
                                "big", id(1), new JsonObject().put("$set", new JsonObject().put("b", half)))
                        .await())
                .hasMessageContaining("no document may exceed 16777216");
        assertThat(client.find("big", id(1)).await().get(0).containsKey("b")).isFalse();
    }

    @Test
    void a_result_larger_than_a_message_comes_in_several() {
        var text = "x".repeat(1 << 20);
        for (int at = 0; at < 60; at++) {
            client.insert("big", id(at).put("text", text)).await();
        }

        assertThat(client.find("big", new JsonObject()).await()).hasSize(60);
    }

    @Test
    void clients_that_send_nonsense_or_die_in_a_message_disturb_nobody() {
        var host = new ConnectionString(database.connectionString()).getHosts().get(0);
        int port = Integer.parseInt(host.substring(host.indexOf(':') + 1));
        var nonsense = List.of(
                Buffer.buffer("GET / HTTP/1.1\r\n\r\n"),
                Buffer.buffer().appendIntLE(Integer.MAX_VALUE).appendIntLE(1),
                Buffer.buffer().appendIntLE(-5).appendIntLE(1).appendIntLE(1).appendIntLE(2013),
                Buffer.buffer().appendIntLE(100).appendIntLE(1).appendIntLE(1).appendIntLE(2013),
                Buffer.buffer()
                        .appendIntLE(24)
                        .appendIntLE(1)
                        .appendIntLE(1)
                        .appendIntLE(9999)
                        .appendLong(0));

        var strangers = vertx.createNetClient();
        for (var bytes : nonsense) {
            var socket = strangers.connect(port, "127.0.0.1").await();
            // The database may hang up first, which is as good an end as ours.
            socket.write(bytes).eventually(socket::close).otherwiseEmpty().await();
        }
        strangers.close().await();

        client.insert("things", id(1)).await();
        assertThat(client.count("things", new JsonObject()).await()).isEqualTo(1);
    }

    @Test
    void many_clients_write_and_read_at_once() {
        var work = IntStream.range(0, 1000)
                .mapToObj(at -> client.insert("things", id(at).put("n", at % 10))
                        .compose(inserted -> client.findOne("things", id(at), new JsonObject()))
                        .compose(found -> client.updateCollection(
                                "things", id(at), new JsonObject().put("$inc", new JsonObject().put("n", 1)))))
                .toList();

        Future.all(work).await();

        assertThat(client.count("things", new JsonObject().put("n", 10)).await())
                .isEqualTo(100);
    }

    @Test
    void documents_expire_when_their_date_is_older_than_the_index_lets_them_be() {
        // Given
        var now = Instant.parse("2026-11-22T12:00:00Z");
        client.createIndexWithOptions(
                        "bans",
                        new JsonObject().put("_created", 1),
                        new IndexOptions().expireAfter(604_800L, TimeUnit.SECONDS))
                .await();
        client.insert(
                        "bans",
                        id("old")
                                .put(
                                        "_created",
                                        Bson.date(now.minus(Duration.ofDays(7)).minusSeconds(1))))
                .await();
        client.insert("bans", id("young").put("_created", Bson.date(now.minus(Duration.ofDays(6)))))
                .await();
        client.insert("bans", id("undated")).await();

        // When
        database.sweep(now);

        // Then
        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.count("bans", id("old")).await() == 0);
        assertThat(client.count("bans", new JsonObject()).await()).isEqualTo(2);
    }

    @Test
    void thousands_expire_in_one_sweep() {
        client.createIndexWithOptions(
                        "bans", new JsonObject().put("at", 1), new IndexOptions().expireAfter(1L, TimeUnit.SECONDS))
                .await();
        var old = IntStream.range(0, 2500)
                .mapToObj(at -> client.insert("bans", id(at).put("at", Bson.date(Instant.EPOCH))))
                .toList();
        Future.all(old).await();

        database.sweep(Instant.EPOCH.plusSeconds(60));

        await().atMost(Duration.ofMinutes(1))
                .until(() -> client.count("bans", new JsonObject()).await() == 0);
    }

    @Test
    void the_server_reports_how_many_documents_queries_looked_at() {
        client.insert("things", id(1)).await();
        var before = examined();

        client.findOne("things", id(1), new JsonObject()).await();

        assertThat(examined() - before).isEqualTo(1);
    }

    private long examined() {
        return client.runCommand("serverStatus", new JsonObject().put("serverStatus", 1))
                .await()
                .getJsonObject("metrics")
                .getJsonObject("queryExecutor")
                .getLong("scannedObjects");
    }
}

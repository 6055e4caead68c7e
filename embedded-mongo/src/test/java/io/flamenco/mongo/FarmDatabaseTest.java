package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarmDatabaseTest {
    private final Vertx vertx = Vertx.vertx();

    private final Path directory;

    FarmDatabaseTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void closeVertx() {
        vertx.close().await();
    }

    private FarmDatabase open() {
        return FarmDatabase.open(vertx, Optional.empty(), directory.resolve("db"), "farm")
                .await();
    }

    private static JsonObject task(int id, String status) {
        return new JsonObject().put("_id", id).put("status", status);
    }

    @Test
    void documents_and_indexes_survive_a_restart() {
        var database = open();
        database.client()
                .createIndex("tasks", new JsonObject().put("status", 1).put("_id", -1))
                .await();
        for (int id = 0; id < 10; id++) {
            database.client()
                    .insert("tasks", task(id, id % 2 == 0 ? "queued" : "active"))
                    .await();
        }
        database.close().await();

        database = open();

        var newest = database.client()
                .findWithOptions(
                        "tasks",
                        new JsonObject().put("status", "queued"),
                        new FindOptions()
                                .setSort(new JsonObject().put("_id", -1))
                                .setLimit(2))
                .await();
        assertThat(newest).extracting(task -> task.getInteger("_id")).containsExactly(8, 6);
        assertThat(database.client().listIndexes("tasks").await()).hasSize(2);
        database.close().await();
    }

    @Test
    void the_files_belong_to_the_owner_alone() throws IOException {
        var database = open();
        database.client().insert("tasks", task(1, "queued")).await();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("db"))))
                .isEqualTo("rwx------");
        try (var files = Files.list(directory.resolve("db"))) {
            assertThat(files)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        database.close().await();
    }

    @Test
    void a_file_in_use_is_refused_with_a_remedy() {
        var database = open();

        assertThatThrownBy(this::open)
                .hasMessageContaining(directory.resolve("db").resolve("farm.mv").toString())
                .hasMessageContaining("in use by another process")
                .hasMessageContaining("Stop the other Flamenco");
        database.close().await();
    }

    @Test
    void a_damaged_file_is_refused_with_a_remedy() throws IOException {
        Files.createDirectory(directory.resolve("db"));
        Files.writeString(directory.resolve("db").resolve("farm.mv"), "not a database ".repeat(1000));

        assertThatThrownBy(this::open)
                .hasMessageContaining("farm.mv")
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup");
    }

    @Test
    void a_directory_that_can_not_be_made_is_refused_with_a_remedy() throws IOException {
        Files.writeString(directory.resolve("db"), "a file where the directory should be");

        assertThatThrownBy(this::open)
                .hasMessageContaining(directory.resolve("db").toString())
                .hasMessageContaining("can't be made or written")
                .hasMessageContaining("another directory");
    }

    @Test
    void a_malformed_url_or_name_is_refused_with_a_remedy() {
        assertThatThrownBy(() -> FarmDatabase.open(vertx, Optional.of("localhost:27017"), directory, "farm")
                        .await())
                .hasMessageContaining("mongodb://host:27017/database");
        assertThatThrownBy(() -> FarmDatabase.open(vertx, Optional.empty(), directory, "../farm")
                        .await())
                .hasMessageContaining("../farm")
                .hasMessageContaining("letters, digits");
    }

    @Test
    void the_description_tells_where_the_data_is_but_no_password() {
        var database = open();

        assertThat(database.describe()).contains("farm.mv").doesNotContain("mongodb://");
        database.close().await();
    }

    @Test
    void a_mongodb_that_comes_up_late_is_waited_for() throws IOException {
        try (var mongo = EmbeddedMongo.inMemory();
                var kept = new Socket()) {
            // Given
            int port = reserve(kept);
            var url = mongo.connectionString()
                    .replaceFirst(":\\d+/\\?", ":" + port + "/late?serverSelectionTimeoutMS=200&");
            var opening = FarmDatabase.open(vertx, Optional.of(url), directory, "farm");
            await().atMost(Duration.ofMinutes(1)).during(Duration.ofMillis(700)).until(() -> !opening.isComplete());

            // When
            forward(port, portOf(mongo));

            // Then
            var database = opening.await(60, TimeUnit.SECONDS);
            database.client().insert("tasks", task(1, "queued")).await();
            assertThat(database.describe()).contains("late").doesNotContain("flamenco:");
            database.close().await();
        } catch (TimeoutException e) {
            throw new AssertionError("the database was not found", e);
        }
    }

    /** A port at which nobody answers, and that no other program can take. */
    private static int reserve(Socket socket) throws IOException {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket.getLocalPort();
    }

    private static int portOf(EmbeddedMongo mongo) {
        return new ConnectionString(mongo.connectionString())
                .getHosts()
                .get(0)
                .transform(host -> Integer.parseInt(host.substring(host.indexOf(':') + 1)));
    }

    private void forward(int from, int to) {
        var onward = vertx.createNetClient();
        vertx.createNetServer()
                .connectHandler(client -> {
                    client.pause();
                    onward.connect(to, "127.0.0.1").onSuccess(server -> {
                        client.pipeTo(server);
                        server.pipeTo(client);
                    });
                })
                .listen(from, "127.0.0.1")
                .await();
    }
}

package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final BackupLabel LABEL = new BackupLabel("manager", "3.0.0", Instant.parse("2026-11-22T08:00:00Z"));
    private static final JsonObject ALL = new JsonObject();

    private final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final Path file;

    BackupTest(@TempDir Path directory) {
        this.directory = directory;
        this.file = directory.resolve("backup");
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private FarmDatabase open(String name) {
        return FarmDatabase.open(vertx, Optional.empty(), directory.resolve(name), "farm")
                .await();
    }

    private static List<JsonObject> all(FarmDatabase database, String collection) {
        var byId = new FindOptions().setSort(new JsonObject().put("_id", 1));
        return database.client().findWithOptions(collection, ALL, byId).await();
    }

    private static void insert(FarmDatabase database, int from, int to) {
        var tasks = IntStream.range(from, to)
                .mapToObj(at -> BulkOperation.createInsert(new JsonObject()
                        .put("_id", Bson.oid("%024x".formatted(at)))
                        .put("n", at)
                        .put("pair", at / 2)
                        .put("text", "a text of some length ".repeat(20))))
                .toList();
        database.client().bulkWrite("tasks", tasks).await();
    }

    private void restore(String name) throws IOException {
        Backup.restore(file, new DatabasePlace(directory.resolve(name), "farm"), directory.resolve("aside"));
    }

    @Test
    void what_is_restored_is_what_was_backed_up() throws Exception {
        var database = open("one");
        insert(database, 0, 3000);
        database.client()
                .createIndexWithOptions("tasks", new JsonObject().put("n", 1), new IndexOptions().unique(true))
                .await();
        var before = all(database, "tasks");

        try (var out = Files.newOutputStream(file)) {
            database.blockingBackup(LABEL, out);
        }
        insert(database, 3000, 3100);
        database.close().await();

        assertThat(Backup.check(file)).isEqualTo(LABEL);
        restore("two");
        var restored = open("two");
        assertThat(all(restored, "tasks")).isEqualTo(before);
        assertThat(restored.client().listIndexes("tasks").await()).hasSize(2);
        assertThatThrownBy(() -> restored.client()
                        .insert("tasks", new JsonObject().put("_id", 1).put("n", 17))
                        .await())
                .as("its indexes work")
                .hasMessageContaining("duplicate");
        restored.close().await();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("two"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_backup_holds_one_moment_however_much_is_written_meanwhile() throws Exception {
        var database = open("one");
        insert(database, 0, 20_000);
        var writer = new Object() {
            int next = 20_000;
        };

        try (var out = Files.newOutputStream(file)) {
            database.blockingBackup(LABEL, new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    out.write(single);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    insert(database, writer.next, writer.next + 2);
                    database.client()
                            .removeDocuments("tasks", new JsonObject().put("pair", writer.next / 2 - 10_000))
                            .await();
                    writer.next += 2;
                    out.write(bytes, from, length);
                }
            });
        }
        database.close().await();

        assertThat(writer.next).as("there was something meanwhile").isGreaterThan(20_010);
        restore("two");
        var restored = open("two");
        assertThat(all(restored, "tasks"))
                .extracting(task -> task.getInteger("n"))
                .hasSize(20_000)
                .startsWith(0, 1, 2)
                .endsWith(19_998, 19_999);
        restored.close().await();
    }

    @Test
    void a_database_that_is_there_is_moved_aside() throws Exception {
        var database = open("one");
        insert(database, 0, 3);
        database.close().await();
        var place = new DatabasePlace(directory.resolve("one"), "farm");
        try (var out = Files.newOutputStream(file)) {
            Backup.write(place, LABEL, out);
        }
        database = open("one");
        insert(database, 3, 5);
        database.close().await();

        assertThat(Backup.restore(file, place, directory.resolve("aside"))).isTrue();

        database = open("one");
        assertThat(all(database, "tasks")).hasSize(3);
        database.close().await();
        var aside = open("aside");
        assertThat(all(aside, "tasks")).hasSize(5);
        aside.close().await();
    }

    @Test
    void what_is_damaged_cut_off_or_none_at_all_is_refused() throws Exception {
        var database = open("one");
        insert(database, 0, 100);
        try (var out = Files.newOutputStream(file)) {
            database.blockingBackup(LABEL, out);
        }
        database.close().await();
        byte[] good = Files.readAllBytes(file);

        byte[] damaged = good.clone();
        damaged[damaged.length / 2] ^= 1;
        refused(damaged, "damaged or not complete");
        refused(Arrays.copyOf(good, good.length - 1), "damaged or not complete");
        refused(Arrays.copyOf(good, 10), "no backup");
        refused(new byte[0], "no backup");
        refused(
                ("{\"flamenco_backup\":2,\"program\":\"4.1\"}\n" + "x".repeat(32)).getBytes(StandardCharsets.UTF_8),
                "later version, 4.1");
        refused(new byte[100_000], "no backup");
    }

    private void refused(byte[] content, String why) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> Backup.check(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_mongodb_is_left_to_its_own_tools() {
        var url = System.getProperty("flamenco.test.mongo", "");
        assumeTrue(url.startsWith("mongodb"), "this needs a MongoDB");
        var database = FarmDatabase.forTest(vertx).await();
        assertThatThrownBy(() -> database.blockingBackup(LABEL, OutputStream.nullOutputStream()))
                .hasMessageContaining("mongodump");
        database.close().await();
    }
}

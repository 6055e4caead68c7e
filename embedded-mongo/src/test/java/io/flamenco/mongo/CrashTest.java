package io.flamenco.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives kill -9, at whatever moment it comes. */
class CrashTest {
    private static final int WRITERS = 6;
    private static final int KILLS = Integer.getInteger("flamenco.crash.kills", 3);
    private static final List<Integer> ACKNOWLEDGEMENTS = List.of(60, 700, 300);

    private final Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final Set<String> insertedIds = new HashSet<>();
    private final Map<Integer, Integer> roundOfWriter = new HashMap<>();

    CrashTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    // A write under way when the process dies may be there too, so the next one begins a little later.
    @Test
    void acknowledged_writes_survive_kill_9_several_times_in_a_row() throws Exception {
        int number = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledgements = ACKNOWLEDGEMENTS.get(kill % ACKNOWLEDGEMENTS.size());
            number = 10 + Math.max(number, killAfter(acknowledgements, number));
            compare();
        }
    }

    /** @return the highest number that was acknowledged */
    private int killAfter(int acknowledgements, int firstNumber) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        directory.toString(),
                        String.valueOf(firstNumber),
                        String.valueOf(WRITERS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int highest = 0;
        try (var lines = process.inputReader()) {
            for (int heard = 0; heard < acknowledgements; heard++) {
                highest = Math.max(highest, hear(lines));
            }
            process.toHandle().destroyForcibly();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                highest = Math.max(highest, hear(line));
            }
        }
        assertThat(process.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
        return highest;
    }

    private int hear(BufferedReader lines) throws IOException {
        var line = lines.readLine();
        assertThat(line).as("the writer goes on until it is killed").isNotNull();
        return hear(line);
    }

    private int hear(String line) {
        var words = line.split(" ");
        if (words.length < 3 || !line.matches("(insert|round) \\d+ \\d+")) {
            return 0;
        }
        int writer = Integer.parseInt(words[1]);
        int number = Integer.parseInt(words[2]);
        if (words[0].equals("insert")) {
            insertedIds.add(writer + "-" + number);
        } else {
            roundOfWriter.merge(writer, number, Math::max);
        }
        return number;
    }

    private void compare() {
        try (var database = EmbeddedMongo.open(directory, "farm", CrashingWriter.RESTLESS)) {
            var client = MongoClient.create(
                    vertx,
                    new JsonObject()
                            .put("connection_string", database.connectionString())
                            .put("db_name", "farm"));
            compareInserts(client);
            roundOfWriter.forEach((writer, round) -> compareUpdates(client, writer, round));
            client.close().await();
        }
    }

    private void compareInserts(MongoClient client) {
        var found = new HashSet<String>();
        client.find("inserted", new JsonObject()).await().forEach(document -> found.add(document.getString("_id")));
        assertThat(found).as("no acknowledged insert is lost").containsAll(insertedIds);
    }

    private static void compareUpdates(MongoClient client, int writer, int round) {
        var own = new JsonObject().put("writer", writer);
        var byIndex = client.findWithOptions(
                        "updated", own, new FindOptions().setSort(new JsonObject().put("number", -1)))
                .await();
        assertThat(byIndex).as("every document has just one entry").hasSize(CrashingWriter.DOCUMENTS);
        assertThat(byIndex)
                .allSatisfy(document -> assertThat(document.getInteger("number"))
                        .as("no acknowledged update is lost")
                        .isGreaterThanOrEqualTo(round));
        assertThat(byIndex).isSortedAccordingTo((a, b) -> b.getInteger("number") - a.getInteger("number"));
        assertThat(client.count("updated", own).await()).isEqualTo(CrashingWriter.DOCUMENTS);
    }
}

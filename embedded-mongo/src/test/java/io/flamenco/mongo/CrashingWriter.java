package io.flamenco.mongo;

import io.flamenco.mongo.storage.CheckpointPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.MongoClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A process that writes until it is killed. It says on its standard output what was acknowledged: {@code insert <writer> <number>}
 * for a single document, {@code round <writer> <number>} for a bulk update that gave this number to all documents of the writer.
 */
final class CrashingWriter {
    static final int DOCUMENTS = 64;
    /** Checkpoints as often as possible, so that many are under way when the process dies. */
    static final CheckpointPolicy RESTLESS = new CheckpointPolicy(Duration.ofMillis(20), 1 << 20, 1 << 20);

    private final MongoClient client;
    private final int writer;
    private final int firstNumber;

    private CrashingWriter(MongoClient client, int writer, int firstNumber) {
        this.client = client;
        this.writer = writer;
        this.firstNumber = firstNumber;
    }

    public static void main(String[] arguments) {
        int firstNumber = Integer.parseInt(arguments[1]);
        int writers = Integer.parseInt(arguments[2]);
        var database = EmbeddedMongo.open(Path.of(arguments[0]), "farm", RESTLESS);
        var client = MongoClient.create(
                Vertx.vertx(),
                new JsonObject()
                        .put("connection_string", database.connectionString())
                        .put("db_name", "farm"));
        client.createIndex("updated", new JsonObject().put("writer", 1).put("number", -1))
                .await();
        for (int writer = 0; writer < writers; writer++) {
            new Thread(new CrashingWriter(client, writer, firstNumber)::write).start();
        }
    }

    private void write() {
        for (int number = firstNumber; ; number++) {
            if (writer % 2 == 0) {
                insert(number);
            } else {
                round(number);
            }
        }
    }

    private void insert(int number) {
        var document = new JsonObject().put("_id", writer + "-" + number).put("text", "x".repeat(number % 700));
        client.insert("inserted", document).await();
        acknowledged("insert", number);
    }

    private void round(int number) {
        List<BulkOperation> updates = IntStream.range(0, DOCUMENTS)
                .mapToObj(at -> BulkOperation.createUpdate(
                        new JsonObject().put("_id", writer + "-" + at),
                        new JsonObject()
                                .put(
                                        "$set",
                                        new JsonObject().put("number", number).put("writer", writer))
                                .put("$inc", new JsonObject().put("rounds", 1)),
                        true,
                        false))
                .toList();
        client.bulkWrite("updated", updates).await();
        acknowledged("round", number);
    }

    private void acknowledged(String what, int number) {
        synchronized (System.out) {
            System.out.println(what + " " + writer + " " + number);
            System.out.flush();
        }
    }
}

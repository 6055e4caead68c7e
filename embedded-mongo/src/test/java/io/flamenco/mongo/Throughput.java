package io.flamenco.mongo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Measures the embedded database by hand: {@code Throughput <directory> <documents> [<mongodb url>]}. Client and server share this
 * process, as they do in a Manager.
 */
final class Throughput {
    private static final int SECONDS = 4;

    private final MongoClient client;
    private final int documents;
    private final Random random = new Random(7);

    private Throughput(MongoClient client, int documents) {
        this.client = client;
        this.documents = documents;
    }

    public static void main(String[] arguments) throws Exception {
        var vertx = Vertx.vertx();
        var directory = Files.createTempDirectory(Path.of(arguments[0]), "throughput");
        var url = Optional.ofNullable(arguments.length > 2 ? arguments[2] : null);
        var database = FarmDatabase.open(vertx, url, directory, "bench").await();
        System.out.println(database.describe());
        try {
            new Throughput(database.client(), Integer.parseInt(arguments[1])).run();
        } finally {
            long start = System.nanoTime();
            database.close().await();
            System.out.printf("close %.2f s%n", secondsSince(start));
            start = System.nanoTime();
            FarmDatabase.open(vertx, url, directory, "bench").await().close().await();
            System.out.printf("open and close again %.2f s%n", secondsSince(start));
            vertx.close().await();
        }
    }

    private void run() {
        fill();
        for (int batch : List.of(32, 128)) {
            updates(batch, 4);
        }
        for (int clients : List.of(1, 4)) {
            for (int batch : List.of(1, 32, 128, 256)) {
                updates(batch, clients);
            }
        }
        updatesByCommand(128, 4);
        queries();
    }

    private void fill() {
        client.createIndex("tasks", new JsonObject().put("status", 1).put("priority", -1))
                .await();
        client.createIndex("tasks", new JsonObject().put("job", 1)).await();
        long start = System.nanoTime();
        for (int from = 0; from < documents; from += 1000) {
            var inserts = IntStream.range(from, Math.min(documents, from + 1000))
                    .mapToObj(at -> BulkOperation.createInsert(task(at)))
                    .toList();
            client.bulkWrite("tasks", inserts).await();
        }
        System.out.printf("insert of %d: %.0f documents/s%n", documents, documents / secondsSince(start));
    }

    private static JsonObject id(int number) {
        return Bson.oid("%024x".formatted(number));
    }

    private static JsonObject task(int number) {
        var command = new JsonObject()
                .put("name", "blender_render")
                .put(
                        "settings",
                        new JsonObject()
                                .put("blender_cmd", "{blender}")
                                .put("filepath", "{job_storage}/project/shot-" + number + "/scene.blend")
                                .put("render_output", "{render}/project/shot-" + number + "/frame-######")
                                .put("format", "PNG")
                                .put("frames", number + "-" + (number + 10))
                                .put("chunk_size", 10));
        return new JsonObject()
                .put("_id", id(number))
                .put("_etag", "e" + number)
                .put("job", id(number / 100))
                .put("name", "task-" + number)
                .put("status", number % 10 == 0 ? "queued" : "completed")
                .put("priority", number % 100)
                .put("job_priority", 50)
                .put("job_type", "blender-render")
                .put("task_type", "blender-render")
                .put("commands", new JsonArray().add(command))
                .put("last_updated", Bson.date(Instant.EPOCH))
                .put("activity", "");
    }

    private JsonObject change() {
        return new JsonObject()
                .put(
                        "$set",
                        new JsonObject()
                                .put("status", random.nextInt(10) == 0 ? "queued" : "active")
                                .put("worker_id", id(random.nextInt(100)))
                                .put("activity", "frame " + random.nextInt())
                                .put("last_updated", Bson.date(Instant.now())));
    }

    private void updates(int batch, int clients) {
        measure("bulk updates of " + batch + ", " + clients + " at a time", batch, clients, turn -> {
            var updates = new ArrayList<BulkOperation>(batch);
            for (int at = 0; at < batch; at++) {
                updates.add(BulkOperation.createUpdate(
                        new JsonObject().put("_id", id(random.nextInt(documents))), change(), false, false));
            }
            return client.bulkWrite("tasks", updates);
        });
    }

    private void updatesByCommand(int batch, int clients) {
        measure("update commands of " + batch + ", " + clients + " at a time", batch, clients, turn -> {
            var updates = new JsonArray();
            for (int at = 0; at < batch; at++) {
                updates.add(new JsonObject()
                        .put("q", new JsonObject().put("_id", id(random.nextInt(documents))))
                        .put("u", change()));
            }
            return client.runCommand(
                    "update", new JsonObject().put("update", "tasks").put("updates", updates));
        });
    }

    private void queries() {
        var queued = new JsonObject().put("status", "queued");
        var first =
                new FindOptions().setSort(new JsonObject().put("priority", -1)).setLimit(1);
        measure(
                "find by _id",
                1,
                1,
                turn -> client.findOne(
                        "tasks", new JsonObject().put("_id", id(random.nextInt(documents))), new JsonObject()));
        measure("claim: by status, sort, limit 1", 1, 1, turn -> client.findWithOptions("tasks", queued, first));
        measure(
                "find and modify by status, sort",
                1,
                1,
                turn -> client.findOneAndUpdateWithOptions("tasks", queued, change(), first, new UpdateOptions()));
        measure("count by status", 1, 1, turn -> client.count("tasks", queued));
        measure(
                "100 tasks of a job",
                100,
                1,
                turn -> client.find("tasks", new JsonObject().put("job", id(random.nextInt(documents) / 100))));
        measure(
                "scan of everything",
                documents,
                1,
                turn -> client.count("tasks", new JsonObject().put("priority", new JsonObject().put("$gt", 1000))));
    }

    private void measure(String what, int units, int clients, IntFunction<Future<?>> turn) {
        long start = System.nanoTime();
        var turns = new int[clients];
        try (var loops = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                int loop = client;
                loops.execute(() -> {
                    while (secondsSince(start) < SECONDS) {
                        turn.apply(turns[loop]++).await();
                    }
                });
            }
        }
        double seconds = secondsSince(start);
        int all = IntStream.of(turns).sum();
        System.out.printf(
                "%-42s %9.0f /s  (%.0f calls/s, %.3f ms each)%n",
                what, (double) all * units / seconds, all / seconds, seconds * 1000 * clients / all);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}

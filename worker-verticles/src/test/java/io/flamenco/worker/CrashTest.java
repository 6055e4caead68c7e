package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Worker that is killed without warning, again and again, at moments that nobody chose. Every log line that was on its disk
 * arrives exactly once, every task ends as it should, and no program of its tasks stays. {@code -Dflamenco.crash.kills=100
 * -Dflamenco.crash.tasks=500} makes it a long test.
 */
class CrashTest {

    private static final int KILLS = Integer.getInteger("flamenco.crash.kills", 4);
    private static final int TASKS = Integer.getInteger("flamenco.crash.tasks", 30);

    /** The Manager is not at its best either: it refuses some updates, and of some that it takes it does not say so. */
    private static final double REFUSED = 0.05;

    private static final double FORGOTTEN = 0.05;

    private final String marker = "crash-test-" + UUID.randomUUID();
    private final Vertx vertx = Vertx.vertx();
    private final Random chance = new Random();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Map<String, String> statuses = new LinkedHashMap<>();
    private final Map<String, JsonObject> updatesByKey = new LinkedHashMap<>();
    private String active = "";
    private int repeated;
    private volatile boolean moreKills = true;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void nothing_that_was_accepted_is_lost_or_doubled(@TempDir Path temporary) throws Exception {
        // Given
        for (int i = 0; i < TASKS; i++) {
            String id = "%024x".formatted(i + 1);
            waiting.add(id);
            statuses.put(id, "queued");
        }
        HttpServer manager = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        Path data = temporary.resolve("worker");
        Map<String, JsonObject> accepted = new HashMap<>();

        // When
        for (int kill = 0; kill < KILLS; kill++) {
            int before = received();
            Process worker = start(manager.actualPort(), data);
            if (chance.nextInt(5) > 0) {
                await().until(() -> received() > before || finished());
            }
            worker.waitFor(chance.nextInt(400), TimeUnit.MILLISECONDS);
            worker.destroyForcibly().waitFor();
            accepted.putAll(onDisk(data));
        }
        moreKills = false;
        Process last = start(manager.actualPort(), data);
        await().atMost(Duration.ofMinutes(10)).until(this::finished);
        await().until(() -> onDisk(data).isEmpty());
        last.destroy();
        assertThat(last.waitFor(30, TimeUnit.SECONDS)).isTrue();

        // Then
        List<String> acceptedLines = lines(accepted.values());
        List<String> lines = lines(updatesByKey.values());
        System.out.printf(
                "CRASH kills=%d tasks=%d updates=%d repeated=%d lines=%d onDiskAtKills: updates=%d lines=%d%n",
                KILLS, TASKS, updatesByKey.size(), repeated, lines.size(), accepted.size(), acceptedLines.size());
        statuses.forEach((task, status) -> assertThat(status).as(task).isEqualTo(fails(task) ? "failed" : "completed"));
        assertThat(updatesByKey).containsAllEntriesOf(accepted);
        assertThat(lines).containsAll(acceptedLines).doesNotHaveDuplicates();
        await().until(() -> programs() == 0);
    }

    private Process start(int port, Path data) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerForCrashes.class.getName(),
                        "http://127.0.0.1:" + port,
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("worker.log").toFile()))
                .start();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            double luck = chance.nextDouble();
            if (moreKills && request.path().endsWith("/update") && luck < REFUSED) {
                request.response().setStatusCode(503).end();
                return;
            }
            JsonObject answer = answer(request, body.length() == 0 ? new JsonObject() : body.toJsonObject());
            if (moreKills && request.path().endsWith("/update") && luck < REFUSED + FORGOTTEN) {
                request.connection().close();
                return;
            }
            request.response().putHeader("Preference-Applied", "wait=1");
            request.response().setStatusCode(answer.isEmpty() ? 204 : 200).end(answer.isEmpty() ? "" : answer.encode());
        });
    }

    private synchronized JsonObject answer(HttpServerRequest request, JsonObject body) {
        String path = request.path();
        if (path.equals("/register-worker")) {
            return new JsonObject().put("_id", "5b5b5b5b5b5b5b5b5b5b5b5b");
        }
        if (path.startsWith("/may-i-run/")) {
            return new JsonObject().put("may_keep_running", true);
        }
        if (path.equals("/task")) {
            return task();
        }
        if (path.endsWith("/update")) {
            onUpdate(path.split("/", -1)[2], String.valueOf(request.getHeader("Idempotency-Key")), body);
        }
        return new JsonObject();
    }

    /** What is active on the Worker is handed out again, as by every Manager. Some tasks hang until they are killed. */
    private JsonObject task() {
        if (active.isEmpty()) {
            active = waiting.isEmpty() ? "" : waiting.poll();
        }
        if (active.isEmpty()) {
            return new JsonObject();
        }
        boolean stubborn = moreKills && Integer.parseInt(active, 16) % 7 == 3 && "queued".equals(statuses.get(active));
        String script = "for i in 1 2 3; do echo " + marker + " $i; done; sleep " + (stubborn ? "1000" : "0.02")
                + (fails(active) ? "; exit 3" : "");
        statuses.put(active, "active");
        return new JsonObject()
                .put("_id", active)
                .put(
                        "commands",
                        new JsonArray()
                                .add(FakeManager.command("exec", "cmd", "/bin/sh -c '" + script + "'"))
                                .add(FakeManager.command("echo", "message", "done")));
    }

    private static boolean fails(String task) {
        return Integer.parseInt(task, 16) % 5 == 4;
    }

    private void onUpdate(String task, String key, JsonObject update) {
        if (updatesByKey.putIfAbsent(key, update) != null) {
            repeated++;
            return;
        }
        String status = update.getString("task_status", "active");
        if (status.equals("completed") || status.equals("failed")) {
            statuses.put(task, status);
            active = active.equals(task) ? "" : active;
        }
    }

    private synchronized int received() {
        return updatesByKey.size();
    }

    private synchronized boolean finished() {
        return statuses.values().stream().allMatch(Set.of("completed", "failed")::contains);
    }

    private synchronized List<String> lines(Collection<JsonObject> updates) {
        return updates.stream()
                .flatMap(update -> update.getString("log", "").lines())
                .filter(line -> line.contains(marker) && line.contains("pid="))
                .toList();
    }

    private long programs() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(marker))
                .count();
    }

    /** A Worker that was killed while it made the file left one with nothing in it. */
    private static Map<String, JsonObject> onDisk(Path data) throws Exception {
        Path file = data.resolve("flamenco-worker.db");
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("SELECT name FROM sqlite_master WHERE name = 'task_update'")) {
            return table.next() ? updates(statement) : Map.of();
        }
    }

    private static Map<String, JsonObject> updates(Statement statement) throws SQLException {
        Map<String, JsonObject> updates = new HashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT key, body FROM task_update")) {
            while (rows.next()) {
                updates.put(rows.getString(1), new JsonObject(Buffer.buffer(rows.getBytes(2))));
            }
        }
        return updates;
    }
}

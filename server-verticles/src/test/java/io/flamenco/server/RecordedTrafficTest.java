package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.mongo.Bson;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.NewJob;
import io.flamenco.server.store.NewTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an original Manager sent to its Server in three recorded sessions is sent to ours, which must take it as the original
 * did: same status, same updates acknowledged, and every task ends with the status that was reported last.
 */
class RecordedTrafficTest {

    private static final String MANAGER = "5852bc5198377351f95d103e";
    private static final String SECRET = "fixed-secret-for-tests";

    private final Path data;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RecordedTrafficTest(@TempDir Path data) {
        this.data = data;
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        FarmOfOne.await(vertx.close());
    }

    private static List<JsonObject> recorded(String scenario) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(RecordedTrafficTest.class.getResourceAsStream("/golden/upstream.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonObject::new)
                    .filter(call -> call.getString("scenario").equals(scenario))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C"})
    void an_original_manager_is_answered_as_by_its_own_server(String scenario) throws Exception {
        List<JsonObject> calls = recorded(scenario);
        seed(calls);
        ServerRole server = start();
        Map<String, String> reported = new LinkedHashMap<>();
        for (JsonObject call : calls) {
            JsonObject request = call.getJsonObject("request");
            JsonObject expected = call.getJsonObject("response");
            boolean post = request.getString("method").equals("POST");
            boolean accepted = expected.getInteger("status") < 300;
            boolean json = !call.getString("name").equals("attach-task-log") && wellFormed(request.getString("body"));
            if (post && accepted && json) {
                HttpResponse<String> answer = send(server, request);
                assertThat(answer.statusCode())
                        .as("%s at %s", call.getString("name"), call.getValue("t"))
                        .isEqualTo(expected.getInteger("status"));
                if (call.getString("name").equals("task-update-batch")) {
                    assertThat(handled(answer.body())).isEqualTo(handled(expected.getString("body")));
                    remember(request.getString("body"), reported);
                }
            }
        }
        assertStatuses(server, reported);
        FarmOfOne.await(server.stop());
    }

    /** A Manager's batch, compressed as the Server's answers say that it may be. */
    @Test
    void a_recorded_batch_is_taken_compressed_too() throws Exception {
        List<JsonObject> calls = recorded("A");
        seed(calls);
        ServerRole server = start();
        JsonObject batch = calls.stream()
                .filter(call -> call.getString("name").equals("task-update-batch"))
                .filter(call -> call.getJsonObject("request").getString("body").startsWith("[{"))
                .filter(call -> wellFormed(call.getJsonObject("request").getString("body")))
                .findFirst()
                .orElseThrow();
        JsonObject request = batch.getJsonObject("request");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(request.getString("body").getBytes(StandardCharsets.UTF_8));
        }

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.url().orElseThrow().resolve(request.getString("path")))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
                        .header("Authorization", FarmOfOne.basic(SECRET))
                        .header("Content-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(handled(answer.body()))
                .isEqualTo(handled(batch.getJsonObject("response").getString("body")));
        FarmOfOne.await(server.stop());
    }

    /** Etags and cursors are the Server's own, so the recorded questions are asked with those that ours gave. */
    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C"})
    void what_an_original_manager_fetches_is_there_and_unchanged_when_it_asks_again(String scenario) throws Exception {
        List<JsonObject> calls = recorded(scenario);
        seed(calls);
        ServerRole server = start();
        String graph = "/api/flamenco/managers/" + MANAGER + "/depsgraph";

        HttpResponse<String> whole = fetch(server, graph);
        JsonArray tasks = new JsonObject(whole.body()).getJsonArray("depsgraph");
        String cursor = whole.headers().firstValue("X-Flamenco-Last-Updated").orElseThrow();

        assertThat(fetch(server, graph, "X-Flamenco-If-Updated-Since", cursor).statusCode())
                .isEqualTo(304);
        Map<String, JsonObject> byId = new LinkedHashMap<>();
        tasks.forEach(task -> byId.put(((JsonObject) task).getString("_id"), (JsonObject) task));
        assertThat(byId.keySet()).containsAll(recordedTasks(calls));
        for (String path : paths(calls, "refetch-task")) {
            JsonObject task = byId.get(path.substring(path.lastIndexOf('/') + 1));
            if (task == null) {
                assertThat(fetch(server, path).statusCode()).as(path).isEqualTo(404);
            } else {
                HttpResponse<String> changed = fetch(server, path, "If-None-Match", "another-etag");
                assertThat(new JsonObject(changed.body()).getValue("_etag")).isEqualTo(task.getValue("_etag"));
                assertThat(fetch(server, path, "If-None-Match", task.getString("_etag"))
                                .statusCode())
                        .as("%s with the bare etag that a Manager sends", path)
                        .isEqualTo(304);
            }
        }
        FarmOfOne.await(server.stop());
    }

    /** The recorded Server took the log of any task; ours tells the Manager when it knows none of that id. */
    @Test
    void the_logs_that_an_original_manager_uploads_are_kept() throws Exception {
        List<JsonObject> calls = recorded("A");
        seed(calls);
        ServerRole server = start();
        int uploads = 0;
        for (JsonObject call : calls) {
            if (call.getString("name").equals("attach-task-log")) {
                JsonObject request = call.getJsonObject("request");
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(server.url().orElseThrow().resolve(request.getString("path")))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(
                                        Base64.getDecoder().decode(request.getString("body"))))
                                .header("Authorization", FarmOfOne.basic(SECRET))
                                .header(
                                        "Content-Type",
                                        request.getJsonObject("headers").getString("Content-Type"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                boolean known = recordedTasks(calls).stream()
                        .anyMatch(task -> request.getString("path").endsWith(task));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(known ? 201 : 404);
                uploads += known ? 1 : 0;
            }
        }
        assertThat(uploads).isPositive();
        assertThat(data.resolve("task-logs")).isDirectoryRecursivelyContaining("glob:**/task-*.log.gz");
        FarmOfOne.await(server.stop());
    }

    private HttpResponse<String> fetch(ServerRole server, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.url().orElseThrow().resolve(path))
                .header("Authorization", FarmOfOne.basic(SECRET));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> paths(List<JsonObject> calls, String name) {
        return calls.stream()
                .filter(call -> call.getString("name").equals(name))
                .map(call -> call.getJsonObject("request").getString("path"))
                .distinct()
                .toList();
    }

    private static List<String> recordedTasks(List<JsonObject> calls) {
        return calls.stream()
                .filter(call -> call.getString("name").equals("depsgraph"))
                .map(call -> call.getJsonObject("response").getString("body"))
                .filter(body -> !body.isEmpty())
                .flatMap(body -> new JsonObject(body).getJsonArray("depsgraph").stream())
                .map(task -> ((JsonObject) task).getString("_id"))
                .distinct()
                .toList();
    }

    private void assertStatuses(ServerRole server, Map<String, String> reported) throws Exception {
        for (Map.Entry<String, String> last : reported.entrySet()) {
            JsonObject request = new JsonObject()
                    .put("method", "GET")
                    .put("path", "/api/v1/tasks/" + last.getKey())
                    .put("body", "");
            HttpResponse<String> answer = send(server, request);
            if (answer.statusCode() == 200
                    && List.of("completed", "canceled", "failed").contains(last.getValue())) {
                assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo(last.getValue());
            }
        }
    }

    /** What was cut out of the recording left one batch that is no JSON. */
    private static boolean wellFormed(String body) {
        try {
            Json.decodeValue(body);
            return true;
        } catch (DecodeException e) {
            return false;
        }
    }

    private static JsonArray handled(String body) {
        return new JsonObject(body).getJsonArray("handled_update_ids");
    }

    private static void remember(String body, Map<String, String> reported) {
        if (body.startsWith("[")) {
            for (Object update : new JsonArray(body)) {
                String status = ((JsonObject) update).getString("task_status", "");
                if (!status.isEmpty()) {
                    reported.put(((JsonObject) update).getString("task_id"), status);
                }
            }
        }
    }

    private HttpResponse<String> send(ServerRole server, JsonObject request) throws Exception {
        HttpRequest sent = HttpRequest.newBuilder(server.url().orElseThrow().resolve(request.getString("path")))
                .method(request.getString("method"), HttpRequest.BodyPublishers.ofString(request.getString("body")))
                .header("Authorization", FarmOfOne.basic(SECRET))
                .header("Content-Type", "application/json")
                .build();
        return http.send(sent, HttpResponse.BodyHandlers.ofString());
    }

    private ServerRole start() throws Exception {
        JsonObject manager =
                new JsonObject().put("id", MANAGER).put("name", "original").put("secret", SECRET);
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("managers", new JsonArray().add(manager));
        return FarmOfOne.await(ServerRole.start(vertx, ServerConfig.read("test", yaml, data, Map.of())));
    }

    /** Puts the tasks of the recorded graphs, and so their jobs, into the Server's database before it starts. */
    private void seed(List<JsonObject> calls) throws Exception {
        Map<String, JsonObject> tasks = new LinkedHashMap<>();
        for (JsonObject call : calls) {
            String body = call.getJsonObject("response").getString("body");
            if (call.getString("name").equals("depsgraph") && !body.isEmpty()) {
                for (Object task : new JsonObject(body).getJsonArray("depsgraph")) {
                    tasks.putIfAbsent(((JsonObject) task).getString("_id"), (JsonObject) task);
                }
            }
        }
        FarmDatabase database = FarmOfOne.await(
                FarmDatabase.open(vertx, Optional.empty(), data.resolve("database"), "flamenco-server"));
        Map<String, List<JsonObject>> byJob = new LinkedHashMap<>();
        tasks.values()
                .forEach(task -> byJob.computeIfAbsent(task.getString("job"), job -> new ArrayList<>())
                        .add(task));
        for (Map.Entry<String, List<JsonObject>> job : byJob.entrySet()) {
            insert(database, new JobId(job.getKey()), job.getValue());
        }
        FarmOfOne.await(database.close());
    }

    private static void insert(FarmDatabase database, JobId id, List<JsonObject> tasks) throws Exception {
        Jobs jobs = new Jobs(database);
        ManagerId manager = new ManagerId(MANAGER);
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        FarmOfOne.await(jobs.insert(new NewJob(
                id,
                "recorded",
                "sleep",
                "",
                new ProjectId("5c0100000000000000000003"),
                new UserId("5c0100000000000000000004"),
                manager,
                50,
                "{}",
                false,
                JobStatus.QUEUED,
                "",
                "",
                "",
                now)));
        List<NewTask> made = tasks.stream()
                .map(task -> new NewTask(
                        new TaskId(task.getString("_id")),
                        task.getString("name"),
                        task.getString("task_type"),
                        task.getInteger("priority"),
                        task.getJsonArray("commands").encode(),
                        List.of()))
                .toList();
        FarmOfOne.await(new Tasks(database).insert(id, manager, TaskStatus.CLAIMED_BY_MANAGER, now, made));
        JsonObject counts = new JsonObject();
        TaskCounts.all(TaskStatus.CLAIMED_BY_MANAGER, made.size())
                .byStatus()
                .forEach((status, count) -> counts.put(status.wire(), count));
        FarmOfOne.await(database.client()
                .updateCollection(
                        "flamenco_jobs",
                        new JsonObject().put("_id", Bson.oid(id.hex())),
                        new JsonObject().put("$set", new JsonObject().put("tasks", counts))));
    }
}

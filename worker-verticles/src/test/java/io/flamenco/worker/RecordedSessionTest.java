package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.time.TickedTime;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.FakeManager.Call;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our Worker gets the answers that an original Manager gave to an original Worker, and must say what that one said. What may
 * differ is named here: moments, process ids, measured seconds, how updates are cut, and the defects that were put right.
 */
class RecordedSessionTest {

    private static final String UNKNOWN_COMMAND = "5d010006494ba92dc0552b06";
    private static final String NOT_ALLOWED = "5d010009494ba92dc0552b09";
    private static final String ENDED_TWICE = "5d01000a494ba92dc0552b0a";

    private final Vertx vertx = Vertx.vertx();
    private List<JsonObject> recorded;
    private FakeManager manager;
    private Path here;

    @BeforeEach
    void readRecording(@TempDir Path temporary) throws Exception {
        here = temporary;
        Files.createDirectories(here.resolve("shared"));
        String resource = "/golden/worker-session.jsonl";
        try (InputStream file = Objects.requireNonNull(RecordedSessionTest.class.getResourceAsStream(resource))) {
            recorded = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> new JsonObject(adapted(line)))
                    .toList();
        }
        manager = FakeManager.start(vertx);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void our_worker_says_what_the_original_said() throws Exception {
        // Given
        List<String> tasks = exchanges("POST", "/task")
                .filter(exchange -> status(exchange) == 200)
                .map(exchange -> answer(exchange).body())
                .limit(9)
                .toList();
        List<String> ids = tasks.stream()
                .map(task -> new JsonObject(task).getString("_id"))
                .toList();
        manager.next(
                "POST /register-worker",
                answer(exchanges("POST", "/register-worker").findFirst().orElseThrow()));
        tasks.forEach(task -> manager.next("POST /task", new Answer(200, task, true)));
        manager.next(
                "GET /may-i-run/" + NOT_ALLOWED,
                exchanges("GET", "/may-i-run/" + NOT_ALLOWED)
                        .map(RecordedSessionTest::answer)
                        .toArray(Answer[]::new));

        // When
        WorkerRole worker = start();
        await().until(() ->
                manager.calls("POST /tasks/" + NOT_ALLOWED + "/return").size() == 1);
        await().until(() -> manager.log(NOT_ALLOWED).stream().anyMatch(line -> line.contains("returned this task")));
        worker.stop().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);

        // Then
        for (String id : ids) {
            assertThat(manager.lastStatus(id)).as("status of " + id).isEqualTo(recordedStatus(id));
            if (!id.equals(UNKNOWN_COMMAND)) {
                assertThat(normalised(manager.log(id).stream()))
                        .as("log of " + id)
                        .isEqualTo(recordedLog(id));
            }
            if (!id.equals(NOT_ALLOWED)) {
                assertSameEnd(id);
            }
        }
        assertSameShapes();
    }

    /** The rest of the recording: asleep, awake, ended in the middle of a task, started again, shut down by the Manager. */
    @Test
    void our_worker_sleeps_wakes_ends_and_comes_again_as_the_original_did() throws Exception {
        // Given
        TickedTime time = new TickedTime(Instant.parse("2026-11-22T00:00:00Z"));
        List<Answer> given = exchanges("POST", "/task")
                .map(RecordedSessionTest::answer)
                .filter(answer ->
                        answer.status() == 423 || String.valueOf(answer.body()).contains(ENDED_TWICE))
                .toList();
        assertThat(given).extracting(Answer::status).containsExactly(423, 200, 200);
        manager.next(
                        "POST /register-worker",
                        answer(exchanges("POST", "/register-worker").findFirst().orElseThrow()))
                .next("POST /task", given.get(0), given.get(1))
                .next(
                        "GET /status-change",
                        answer(exchanges("GET", "/status-change").findFirst().orElseThrow()));

        // When
        WorkerRole first = start(time);
        passUntil(time, () -> manager.log(ENDED_TWICE).contains("Sleeping for 60 seconds"));
        first.stop().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        manager.next("POST /task", given.get(2));
        WorkerRole second = start(time);
        passUntil(
                time,
                () -> manager.log(ENDED_TWICE).stream()
                                .filter("Sleeping for 60 seconds"::equals)
                                .count()
                        == 2);
        manager.next(
                "GET /may-i-run/" + ENDED_TWICE,
                exchanges("GET", "/may-i-run/" + ENDED_TWICE)
                        .map(RecordedSessionTest::answer)
                        .filter(answer -> String.valueOf(answer.body()).contains("shutdown"))
                        .toArray(Answer[]::new));
        passUntil(time, () -> second.ended().isComplete());

        // Then
        assertThat(second.ended().result()).isZero();
        List<String> theirs = recorded.stream()
                .map(exchange -> exchange.getJsonObject("request"))
                .map(request -> request.getString("method") + " " + request.getString("path"))
                .filter(RecordedSessionTest::changesTheSession)
                .toList();
        assertThat(manager.lines().stream().filter(RecordedSessionTest::changesTheSession))
                .isEqualTo(theirs)
                .endsWith("POST /sign-off", "POST /sign-on", "POST /sign-off");
        assertThat(manager.lastStatus(ENDED_TWICE))
                .isEqualTo(recordedStatus(ENDED_TWICE))
                .contains("active");
        assertThat(normalised(manager.log(ENDED_TWICE).stream()
                        .filter(line -> !line.endsWith("returned this task to the Manager queue."))))
                .isEqualTo(recordedLog(ENDED_TWICE));
        assertThat(manager.updates(ENDED_TWICE).getLast().fieldNames()).containsExactly("log");
        JsonObject signOn = new JsonObject(exchanges("POST", "/sign-on")
                .findFirst()
                .orElseThrow()
                .getJsonObject("request")
                .getString("body"));
        assertThat(manager.calls("POST /sign-on").getFirst().json()).isEqualTo(signOn);
    }

    private static boolean changesTheSession(String line) {
        return Stream.of("/register-worker", "/ack-status-change", "/status-change", "/sign-on", "/sign-off")
                .anyMatch(line::contains);
    }

    private static void passUntil(TickedTime time, Callable<Boolean> reached) {
        await().until(() -> {
            time.tick(Duration.ofMillis(500));
            return reached.call();
        });
    }

    /** The words of the last report, apart from real progress and from exceptions of another language. */
    private void assertSameEnd(String id) {
        JsonObject ours = withStatus(manager.updates(id).stream());
        JsonObject theirs = withStatus(recordedUpdates(id));
        for (String key : List.of("current_command_idx", "command_progress_percentage", "task_status")) {
            assertThat(ours.getValue(key)).as(key + " of " + id).isEqualTo(theirs.getValue(key));
        }
        assertThat(pidless(theirs.getString("activity")))
                .as("activity of " + id)
                .endsWith(pidless(ours.getString("activity")));
    }

    /** Each kind of call has the keys and headers that the original's had. */
    private void assertSameShapes() {
        for (String line : List.of("POST /register-worker", "POST /output-produced")) {
            JsonObject theirs = exchanges("POST", line.substring(5))
                    .findFirst()
                    .orElseThrow()
                    .getJsonObject("request");
            Call ours = manager.calls(line).getFirst();
            assertThat(new TreeSet<>(ours.json().fieldNames()))
                    .as(line)
                    .isEqualTo(new TreeSet<>(new JsonObject(theirs.getString("body")).fieldNames()));
            assertThat(ours.authorization().isPresent())
                    .as(line)
                    .isEqualTo(theirs.getJsonObject("headers").containsKey("Authorization"));
        }
        assertThat(manager.calls("POST /task")).allMatch(call -> call.body().isEmpty());
        assertThat(manager.calls("POST /sign-off"))
                .hasSize(1)
                .allMatch(call -> call.body().isEmpty());
        assertThat(manager.calls().stream().filter(call -> call.path().endsWith("/update")))
                .allMatch(
                        call -> call.authorization().orElse("").startsWith("Basic NmIwMjMxNWU2ODZjODI0ZTVhOThhM2E2O"));
    }

    private WorkerRole start() throws Exception {
        return WorkerRole.start(vertx, config())
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private WorkerRole start(TickedTime time) throws Exception {
        return WorkerRole.start(vertx, config(), time, time)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private WorkerConfig config() {
        JsonObject yaml = new JsonObject()
                .put("manager_url", manager.url().toString())
                .put("nickname", "vm")
                .put("task_types", "sleep debug file-management blender-render")
                .put("may_i_run_interval_seconds", 0.2);
        return WorkerConfig.read("worker.yaml", yaml, here.resolve("worker"), Map.of());
    }

    /** The recording, with shorter waits and with a directory of ours in place of the farm's. */
    private String adapted(String line) {
        return line.replace("\\\"time_in_seconds\\\":7}", "\\\"time_in_seconds\\\":0.2}")
                .replace("leeping for 7 seconds", "leeping for 0.2 seconds")
                .replace("sleep 1; done", "sleep 0.1; done")
                .replace("/farm/shared/copied.txt", here + "/shared/copied.txt");
    }

    private Stream<JsonObject> exchanges(String method, String path) {
        return recorded.stream()
                .filter(exchange ->
                        exchange.getJsonObject("request").getString("method").equals(method))
                .filter(exchange ->
                        exchange.getJsonObject("request").getString("path").equals(path));
    }

    private static Answer answer(JsonObject exchange) {
        return Answer.of(status(exchange), exchange.getJsonObject("response").getString("body"));
    }

    private static int status(JsonObject exchange) {
        return exchange.getJsonObject("response").getInteger("status");
    }

    private Stream<JsonObject> recordedUpdates(String id) {
        return exchanges("POST", "/tasks/" + id + "/update")
                .map(exchange ->
                        new JsonObject(exchange.getJsonObject("request").getString("body")));
    }

    private Optional<String> recordedStatus(String id) {
        return recordedUpdates(id)
                .map(update -> update.getString("task_status"))
                .filter(Objects::nonNull)
                .reduce((first, second) -> second);
    }

    private List<String> recordedLog(String id) {
        return normalised(recordedUpdates(id)
                .map(update -> update.getString("log", ""))
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\\+00:00: ", "")));
    }

    /** The order of what is said after a task was stopped differs: ours says last what it did last. */
    private static List<String> normalised(Stream<String> lines) {
        return lines.filter(line -> !line.isEmpty())
                .map(RecordedSessionTest::pidless)
                .map(line -> line.replaceAll("(timing info(?:rmation)?:) .*", "$1"))
                .sorted()
                .toList();
    }

    private static String pidless(String text) {
        return text.replaceAll("pid=\\d+", "pid=N");
    }

    private static JsonObject withStatus(Stream<JsonObject> updates) {
        return updates.filter(update -> update.containsKey("task_status"))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}

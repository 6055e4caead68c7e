package io.flamenco.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A Manager that remembers what it was asked and answers as it was told to. */
public final class FakeManager {

    /**
     * What it was asked.
     *
     * @param body as text; empty when there was none
     */
    public record Call(String method, String path, String body, Optional<String> authorization, Optional<String> key) {

        public String line() {
            return method + " " + path;
        }

        public JsonObject json() {
            return new JsonObject(body);
        }
    }

    /**
     * What it answers.
     *
     * @param body null for none
     */
    public record Answer(int status, @Nullable String body, boolean waited) {

        public static Answer of(int status) {
            return new Answer(status, null, false);
        }

        public static Answer of(int status, String body) {
            return new Answer(status, body, false);
        }
    }

    private record Rule(Predicate<String> line, Deque<Answer> answers, boolean lasting) {}

    private final HttpServer server;
    private final List<Call> calls = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Future<Void>> held = new HashMap<>();
    private final Deque<JsonObject> tasks = new ArrayDeque<>();
    private boolean waits;

    private FakeManager(Vertx vertx, int port) throws Exception {
        server = await(vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1"));
    }

    public static FakeManager start(Vertx vertx) throws Exception {
        return new FakeManager(vertx, 0);
    }

    public static FakeManager startAt(Vertx vertx, int port) throws Exception {
        return new FakeManager(vertx, port);
    }

    public int port() {
        return server.actualPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    public void stop() throws Exception {
        await(server.close());
    }

    /** Answers the next calls of that method and path with these, one each, and as usual after that. */
    public synchronized FakeManager next(String line, Answer... answers) {
        rules.add(new Rule(line::equals, new ArrayDeque<>(List.of(answers)), false));
        return this;
    }

    /** Answers all calls of that method and path with this from now on. */
    public synchronized FakeManager always(String line, Answer answer) {
        rules.removeIf(rule -> rule.lasting() && rule.line().test(line));
        rules.add(new Rule(line::equals, new ArrayDeque<>(List.of(answer)), true));
        return this;
    }

    /** Keeps its answers to calls of that method and path to itself until that moment. */
    public synchronized FakeManager holds(String line, Future<Void> until) {
        held.put(line, until);
        return this;
    }

    /** Says that it knows how to wait. */
    public synchronized FakeManager thatWaits() {
        waits = true;
        return this;
    }

    /** Has a task for whoever asks next. */
    public synchronized FakeManager hasTask(String id, JsonObject... commands) {
        tasks.add(new JsonObject()
                .put("_id", id)
                .put("name", "test-" + id)
                .put("status", "active")
                .put("commands", new JsonArray(List.of((Object[]) commands))));
        return this;
    }

    public static JsonObject command(String name, Object... settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(String.valueOf(settings[i]), settings[i + 1]);
        }
        return new JsonObject().put("name", name).put("settings", new JsonObject(map));
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Call> calls(String line) {
        return calls().stream().filter(call -> call.line().equals(line)).toList();
    }

    public List<String> lines() {
        return calls().stream().map(Call::line).toList();
    }

    /** The updates of a task, oldest first. */
    public List<JsonObject> updates(String task) {
        return calls("POST /tasks/" + task + "/update").stream().map(Call::json).toList();
    }

    public Optional<String> lastStatus(String task) {
        return updates(task).stream()
                .map(update -> update.getString("task_status"))
                .filter(status -> status != null)
                .reduce((first, second) -> second);
    }

    /** All log lines of a task, without the times before them. */
    public List<String> log(String task) {
        return updates(task).stream()
                .map(update -> update.getString("log", ""))
                .filter(log -> !log.isEmpty())
                .flatMap(log -> log.lines())
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\\+00:00: ", ""))
                .toList();
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Answer answer = remember(request, body);
            held(request).onSuccess(now -> send(answer, request.response()));
        });
    }

    private synchronized Future<Void> held(HttpServerRequest request) {
        return held.getOrDefault(request.method() + " " + request.path(), Future.succeededFuture());
    }

    private static void send(Answer answer, HttpServerResponse response) {
        if (answer.waited()) {
            response.putHeader("Preference-Applied", "wait=20");
        }
        response.setStatusCode(answer.status());
        if (answer.body() == null) {
            response.end();
        } else {
            response.end(answer.body());
        }
    }

    private synchronized Answer remember(HttpServerRequest request, Buffer body) {
        Call call = new Call(
                request.method().name(),
                request.path(),
                body.toString(),
                Optional.ofNullable(request.getHeader("Authorization")),
                Optional.ofNullable(request.getHeader("Idempotency-Key")));
        calls.add(call);
        for (Rule rule : rules) {
            if (rule.line().test(call.line()) && !rule.answers().isEmpty()) {
                return rule.lasting()
                        ? rule.answers().getFirst()
                        : rule.answers().removeFirst();
            }
        }
        return usual(call);
    }

    private Answer usual(Call call) {
        return switch (call.line()) {
            case "POST /register-worker" -> Answer.of(200, "{\"_id\": \"5b5b5b5b5b5b5b5b5b5b5b5b\", \"status\": \"\"}");
            case "POST /task" -> {
                JsonObject task = tasks.poll();
                yield task == null ? new Answer(204, null, waits) : new Answer(200, task.encode(), waits);
            }
            default ->
                call.path().startsWith("/may-i-run/") ? Answer.of(200, "{\"may_keep_running\": true}") : Answer.of(204);
        };
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}

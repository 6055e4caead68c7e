package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.TaskSupply;
import io.flamenco.benchmarks.load.JoinToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Manager with just enough memory to see whether simulated Workers speak the protocol. */
final class FakeManager {

    static final String JOIN_SECRET = "join";

    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();
    final List<String> completed = new ArrayList<>();
    final List<String> mistakes = new ArrayList<>();
    private final int tasks;
    private int next;
    private int port;

    private FakeManager(int tasks) {
        this.tasks = tasks;
    }

    static Future<FakeManager> start(Vertx vertx, int tasks) {
        FakeManager manager = new FakeManager(tasks);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> manager.answer(request, body.toString())));
        return server.listen(0, "127.0.0.1").map(listening -> {
            manager.port = listening.actualPort();
            return manager;
        });
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void answer(HttpServerRequest request, String body) {
        String[] path = request.path().split("/");
        if (path[1].equals("register-worker")) {
            register(request, body);
            return;
        }
        String worker = authenticated(request);
        if (worker.isEmpty()) {
            refuse(request, 401);
        } else if (path[1].equals("task")) {
            giveTask(request, worker);
        } else if (path[1].equals("tasks")) {
            update(request, worker, path[2], new JsonObject(body));
        } else {
            request.response().setStatusCode(204).end();
        }
    }

    private void register(HttpServerRequest request, String body) {
        String[] token =
                request.getHeader("Authorization").substring("Bearer ".length()).split("\\.");
        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8));
        Instant issued = Instant.ofEpochSecond(claims.getLong("iat"));
        if (!String.join(".", token).equals(JoinToken.of(JOIN_SECRET, issued))) {
            refuse(request, 403);
            return;
        }
        String id = TaskSupply.id(1_000_000 + secrets.size());
        secrets.put(id, new JsonObject(body).getString("secret"));
        request.response().end(new JsonObject().put("_id", id).encode());
    }

    private String authenticated(HttpServerRequest request) {
        String basic = request.getHeader("Authorization").substring("Basic ".length());
        String[] credentials = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":");
        return credentials[1].equals(secrets.get(credentials[0])) ? credentials[0] : "";
    }

    private void giveTask(HttpServerRequest request, String worker) {
        if (next == tasks) {
            request.response().setStatusCode(204).end();
            return;
        }
        holders.put(TaskSupply.id(next), worker);
        request.response().end(TaskSupply.json(next++));
    }

    private void update(HttpServerRequest request, String worker, String task, JsonObject update) {
        if (!worker.equals(holders.get(task))) {
            refuse(request, 409);
            return;
        }
        if ("completed".equals(update.getString("task_status"))) {
            completed.add(task);
        }
        request.response().setStatusCode(204).end();
    }

    private void refuse(HttpServerRequest request, int status) {
        mistakes.add(request.path() + " " + status);
        request.response().setStatusCode(status).end("refused");
    }
}

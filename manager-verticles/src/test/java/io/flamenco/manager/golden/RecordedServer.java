package io.flamenco.manager.golden;

import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A Server that gives the recorded tasks when it is asked by hand, and takes every update. */
final class RecordedServer {

    private final HttpServer http;
    private final Deque<String> downloads = new ArrayDeque<>();
    private final Map<String, String> versions = new HashMap<>();
    private volatile String next = "";

    RecordedServer(Vertx vertx, String scenario) {
        Exchange.text("/golden/upstream.jsonl").lines().map(JsonObject::new).forEach(line -> remember(line, scenario));
        http = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
    }

    private void remember(JsonObject line, String scenario) {
        boolean given = line.getJsonObject("response").getInteger("status") == 200;
        if (!line.getString("scenario").equals(scenario) || !given) {
            return;
        }
        String body = body(line.getJsonObject("response"));
        switch (line.getString("name")) {
            case "depsgraph" -> downloads.add(body);
            case "refetch-task" -> versions.put(new JsonObject(body).getString("_id"), body);
            default -> {}
        }
    }

    private static String body(JsonObject message) {
        String text = message.getString("body");
        return "base64".equals(message.getString("body_encoding"))
                ? Buffer.buffer(Base64.getDecoder().decode(text)).toString()
                : text;
    }

    String url() {
        return "http://127.0.0.1:" + http.actualPort() + "/";
    }

    /** The next download gets the tasks that were downloaded next when this was recorded. */
    JsonArray prepareDownload() {
        next = downloads.remove();
        return new JsonObject(next).getJsonArray("depsgraph");
    }

    /** The newer version of a task, as the Server sent it when it was asked for it. */
    WireTask newerVersion(String task) {
        return WireJson.read(Buffer.buffer(Objects.requireNonNull(versions.get(task))), WireTask.class);
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            String path = request.path();
            String last = path.substring(path.lastIndexOf('/') + 1);
            switch (last) {
                case "depsgraph" -> download(request);
                case "task-update-batch" -> json(request, new JsonObject().put("handled_update_ids", ids(body)));
                case "startup", "update" -> end(request, 204);
                default -> end(request, 304);
            }
        });
    }

    private void download(HttpServerRequest request) {
        String tasks = next;
        next = "";
        if (tasks.isEmpty()) {
            end(request, 204);
        } else {
            request.response().putHeader("X-Flamenco-Last-Updated", "2026-11-22T00:00:00.000000+00:00");
            json(request, new JsonObject(tasks));
        }
    }

    private static JsonArray ids(Buffer updates) {
        JsonArray ids = new JsonArray();
        updates.toJsonArray().forEach(update -> ids.add(((JsonObject) update).getString("_id")));
        return ids;
    }

    private static void json(HttpServerRequest request, JsonObject json) {
        request.response().putHeader("Content-Type", "application/json").end(json.encode());
    }

    private static void end(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }
}

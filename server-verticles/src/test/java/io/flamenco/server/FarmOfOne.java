package io.flamenco.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Server, and its one Manager played by the test over HTTP. */
final class FarmOfOne {

    static final String MANAGER = "5c0100000000000000000002";
    static final String SECRET = "SRVa-manager-secret-for-tests";
    static final String OTHER_MANAGER = "5c0100000000000000000009";
    static final String OTHER_SECRET = "SRVanother-manager-secret";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Kept, since a client that nobody refers to closes its connections when it is collected. */
    private final WebSocketClient listeners = vertx.createWebSocketClient();

    private final Path data;
    private JsonObject settings = new JsonObject();
    private ServerRole server;

    private FarmOfOne(Path data) throws Exception {
        this.data = data;
        this.server = start();
    }

    static FarmOfOne in(Path data) throws Exception {
        return new FarmOfOne(data);
    }

    private ServerRole start() throws Exception {
        JsonObject yaml = settings.copy()
                .put("listen", "127.0.0.1:0")
                .put("allow_exec_command", true)
                .put("password_cost", 4)
                .put(
                        "managers",
                        new JsonArray().add(manager(MANAGER, SECRET)).add(manager(OTHER_MANAGER, OTHER_SECRET)));
        return await(ServerRole.start(vertx, ServerConfig.read("test", yaml, data, Map.of())));
    }

    private static JsonObject manager(String id, String secret) {
        return new JsonObject()
                .put("id", id)
                .put("name", "Manager " + id.charAt(23))
                .put("secret", secret);
    }

    void restart() throws Exception {
        stop();
        startAgain();
    }

    void restartWith(JsonObject other) throws Exception {
        settings = other;
        restart();
    }

    ServerRole server() {
        return server;
    }

    void stop() throws Exception {
        await(server.stop());
    }

    void startAgain() throws Exception {
        server = start();
    }

    HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.url().orElseThrow() + path.substring(1)))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /**
     * Says something over the bus, and waits for the answer.
     *
     * @param authorization a header; empty for a stranger
     */
    JsonObject overBus(String type, String address, String authorization, JsonObject body) throws Exception {
        URI url = server.url().orElseThrow();
        JsonObject headers = authorization.isEmpty() ? null : new JsonObject().put("authorization", authorization);
        Promise<JsonObject> answer = Promise.promise();
        WebSocketClient client = vertx.createWebSocketClient();
        client.connect(url.getPort(), url.getHost(), "/eventbus/websocket").onSuccess(socket -> {
            socket.textMessageHandler(text -> answer.tryComplete(new JsonObject(text)));
            socket.writeTextMessage(new JsonObject()
                    .put("type", type)
                    .put("address", address)
                    .put("replyAddress", "answer")
                    .put("headers", headers)
                    .put("body", body)
                    .encode());
        });
        try {
            return await(answer.future());
        } finally {
            await(client.close());
        }
    }

    /**
     * What is told at these addresses from now on; the connection lasts as long as the farm.
     *
     * @param authorization a header
     */
    BlockingQueue<JsonObject> listen(String authorization, String... addresses) throws Exception {
        URI url = server.url().orElseThrow();
        BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
        Promise<Void> listening = Promise.promise();
        AtomicInteger missing = new AtomicInteger(addresses.length);
        listeners
                .connect(url.getPort(), url.getHost(), "/eventbus/websocket")
                .onFailure(listening::fail)
                .onSuccess(socket -> {
                    socket.textMessageHandler(text -> {
                        JsonObject heard = new JsonObject(text);
                        if (!"ready".equals(heard.getString("address"))) {
                            told.add(heard);
                        } else if (missing.decrementAndGet() == 0) {
                            listening.complete();
                        }
                    });
                    for (String address : addresses) {
                        socket.writeTextMessage(new JsonObject()
                                .put("type", "register")
                                .put("address", address)
                                .put("replyAddress", "ready")
                                .put("headers", new JsonObject().put("authorization", authorization))
                                .encode());
                    }
                });
        await(listening.future());
        return told;
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return call("GET", path, "", headers);
    }

    JsonObject json(String path) throws Exception {
        return new JsonObject(get(path).body());
    }

    String[] asUser() throws Exception {
        return new String[] {
            "Authorization",
            "Bearer " + Files.readString(data.resolve("api-token")).strip()
        };
    }

    HttpResponse<String> change(String method, String path, JsonObject body) throws Exception {
        return call(method, path, body.encode(), asUser());
    }

    HttpResponse<String> logIn(String name, String password) throws Exception {
        JsonObject body = new JsonObject().put("name", name).put("password", password);
        return call("POST", "/api/v1/login", body.encode());
    }

    static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("set-cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    /** Makes a user who has chosen a password, and returns the cookie of their session. */
    String session(String name, String role, String password) throws Exception {
        JsonObject user = new JsonObject().put("name", name).put("role", role);
        String given = new JsonObject(change("POST", "/api/v1/users", user).body()).getString("one_time_password");
        JsonObject passwords = new JsonObject().put("old_password", given).put("new_password", password);
        return cookie(call(
                "POST",
                "/api/v1/me/password",
                passwords.encode(),
                "Cookie",
                cookie(logIn(name, given)),
                "X-Requested-With",
                "test"));
    }

    /** Makes a user, and returns the header that proves to be them. */
    String[] user(String name, String role) throws Exception {
        HttpResponse<String> made = call(
                "POST",
                "/api/v1/me/tokens",
                "{\"name\":\"test\"}",
                "Cookie",
                session(name, role, "a password of " + name),
                "X-Requested-With",
                "test");
        return new String[] {"Authorization", "Bearer " + new JsonObject(made.body()).getString("token")};
    }

    String submit(JsonObject job) throws Exception {
        HttpResponse<String> answer =
                change("POST", "/api/v1/jobs", job.containsKey("manager") ? job : job.put("manager", MANAGER));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body()).getString("id");
    }

    /** A job of four tasks. */
    String submitSleep() throws Exception {
        return submit(sleepJob());
    }

    static JsonObject sleepJob() {
        return new JsonObject()
                .put("name", "nap")
                .put("job_type", "sleep")
                .put(
                        "settings",
                        new JsonObject()
                                .put("frames", "12-18, 20-22")
                                .put("chunk_size", 3)
                                .put("time_in_seconds", 3));
    }

    static String basic(String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((secret + ":").getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> asManager(String method, String path, String body, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = basic(SECRET);
        System.arraycopy(headers, 0, all, 2, headers.length);
        return call(method, path, body, all);
    }

    /** Sends bytes as the Manager, and answers the status. */
    int sendAsManager(String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url().orElseThrow() + path.substring(1)))
                .header("Authorization", basic(SECRET))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    HttpResponse<String> depsgraph(String... headers) throws Exception {
        return asManager("GET", "/api/flamenco/managers/" + MANAGER + "/depsgraph", "", headers);
    }

    static List<JsonObject> tasksIn(HttpResponse<String> depsgraph) {
        return new JsonObject(depsgraph.body())
                .getJsonArray("depsgraph").stream().map(JsonObject.class::cast).toList();
    }

    static String cursor(HttpResponse<String> depsgraph) {
        return depsgraph.headers().firstValue("X-Flamenco-Last-Updated").orElseThrow();
    }

    JsonObject report(String body) throws Exception {
        HttpResponse<String> answer =
                asManager("POST", "/api/flamenco/managers/" + MANAGER + "/task-update-batch", body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    JsonObject report(JsonObject... updates) throws Exception {
        return report(new JsonArray(List.of(updates)).encode());
    }

    static JsonObject update(String task, String status) {
        return new JsonObject()
                .put("_id", io.flamenco.shared.id.ObjectIds.next())
                .put("task_id", task)
                .put("task_status", status)
                .put("received_on_manager", "2026-01-02T03:04:05.123Z")
                .put("worker", "");
    }

    List<JsonObject> tasks(String job) throws Exception {
        return json("/api/v1/jobs/" + job + "/tasks?limit=1000").getJsonArray("tasks").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    List<String> taskIds(String job) throws Exception {
        return tasks(job).stream().map(task -> task.getString("id")).toList();
    }

    List<String> statuses(String job) throws Exception {
        return tasks(job).stream().map(task -> task.getString("status")).toList();
    }

    String status(String job) throws Exception {
        return json("/api/v1/jobs/" + job).getString("status");
    }

    void close() throws Exception {
        http.close();
        await(server.stop());
        await(vertx.close());
    }

    Vertx vertx() {
        return vertx;
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}

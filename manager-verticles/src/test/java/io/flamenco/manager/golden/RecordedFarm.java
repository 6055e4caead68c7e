package io.flamenco.manager.golden;

import static org.awaitility.Awaitility.await;

import io.flamenco.manager.FarmUnderTest;
import io.flamenco.manager.ManagerRole;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.golden.Exchange.Answer;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our Manager in the place of the recorded one, with a Server that says what was recorded. Ids are translated. */
final class RecordedFarm implements AutoCloseable {

    static final String JOIN_SECRET = "secret-of-this-test";

    private static final List<String> OF_THE_CONNECTION =
            List.of("Connection", "Content-Length", "Host", "Accept-Encoding");

    private static final JsonObject RENDER = new JsonObject("""
            {"direction": "twoway",
             "values": [{"audience": "all", "platform": "linux", "value": "/farm/shared/render"}]}
            """);

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final WebClient client = WebClient.create(vertx);
    private final HttpClient streams = vertx.createHttpClient();
    private final RecordedServer server;
    private final ManagerRole manager;
    private final Path directory;
    private final Map<String, String> oursByTheirs = new LinkedHashMap<>();

    RecordedFarm(Path directory, String scenario, JsonObject settings) {
        this.directory = directory;
        this.server = new RecordedServer(vertx, scenario);
        JsonObject yaml = new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("ssdp_discovery", false)
                .put("manager_name", scenario.equals("A") ? "Baseline Manager" : "Baseline Manager " + scenario)
                .put("flamenco", server.url())
                .put("manager_id", "5852bc5198377351f95d103e")
                .put("manager_secret", "secret-of-the-manager")
                .put("download_task_recheck_throttle", "-1s")
                .put("task_logs_path", directory.resolve("logs").toString())
                .put("variables", new JsonObject().put("render", RENDER))
                .mergeIn(settings);
        this.manager = FarmUnderTest.await(
                ManagerRole.start(vertx, ManagerConfig.read("recording", yaml, directory, Map.of())));
    }

    /** Repeats a recorded request. */
    Answer repeat(Exchange exchange) {
        Answer answer = send(exchange.method(), exchange.path(), headers(exchange), exchange.body());
        if (exchange.path().equals("/register-worker") && answer.status() == 200) {
            know(new JsonObject(exchange.answer().body()).getString("_id"), answer);
        }
        return new Answer(answer.status(), answer.headers(), asTheirs(answer.body()));
    }

    /** A Worker's call that was not kept. */
    Answer by(String worker, String secret, String method, String path, String body) {
        JsonObject headers = new JsonObject()
                .put("Authorization", basic(worker, secret))
                .put("User-Agent", "Flamenco-Worker/2.4-golden");
        return send(method, path, headers, body);
    }

    /** A call of a person that was not kept. */
    void action(String worker, String form) {
        JsonObject headers = new JsonObject().put("Content-Type", "application/x-www-form-urlencoded");
        send("POST", "/worker-action/" + worker, withKey(headers), form);
    }

    /** A sleep schedule that was set and not kept. */
    void schedule(String worker, String json) {
        send(
                "POST",
                "/set-sleep-schedule/" + worker,
                withKey(new JsonObject().put("Content-Type", "application/json")),
                json);
    }

    /** A registration that was not kept. */
    void register(String theirId, String body, JsonObject headers) {
        know(theirId, send("POST", "/register-worker", headers, body));
    }

    private void know(String theirId, Answer registered) {
        oursByTheirs.put(theirId, new JsonObject(registered.body()).getString("_id"));
    }

    private JsonObject headers(Exchange exchange) {
        JsonObject headers = exchange.headers().copy();
        OF_THE_CONNECTION.forEach(headers::remove);
        String agent = exchange.name().endsWith("-curl")
                ? "curl/8"
                : exchange.name().endsWith("-wget") ? "Wget/1" : "Flamenco-Worker/2.4-golden";
        headers.put("User-Agent", exchange.scenario().startsWith("C") ? "Flamenco-Worker/2.5" : agent);
        if (exchange.name().contains("browser")) {
            headers.put("User-Agent", "Mozilla/5.0");
        }
        return headers;
    }

    private String basic(String worker, String secret) {
        String id = oursByTheirs.getOrDefault(worker, worker);
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** The Manager's own key, in the place of a token that only the recorded Server could make. */
    JsonObject withKey(JsonObject headers) {
        try {
            return headers.put(
                    "Authorization",
                    "Bearer " + Files.readString(directory.resolve("api-token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(String method, String path, JsonObject headers, @Nullable String body) {
        int port = manager.url().orElseThrow().getPort();
        HttpRequest<Buffer> request = client.request(HttpMethod.valueOf(method), port, "127.0.0.1", asOurs(path))
                .followRedirects(false);
        headers.forEach(header -> request.putHeader(header.getKey(), authorization(String.valueOf(header.getValue()))));
        return FarmUnderTest.await(
                path.equals("/imagewatch")
                        ? firstEvent(port)
                        : request.sendBuffer(Buffer.buffer(body == null ? "" : body))
                                .map(response -> answer(response, response.bodyAsBuffer())));
    }

    private static Answer answer(HttpResponse<?> response, @Nullable Buffer body) {
        JsonObject headers = new JsonObject();
        response.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        return new Answer(response.statusCode(), headers, text(headers, body == null ? Buffer.buffer() : body));
    }

    /** A stream that never ends; its first piece is the answer. */
    private Future<Answer> firstEvent(int port) {
        Promise<Answer> first = Promise.promise();
        streams.request(HttpMethod.GET, port, "127.0.0.1", "/imagewatch")
                .compose(request -> request.send()
                        .onSuccess(response -> response.handler(event -> {
                            JsonObject headers = new JsonObject();
                            response.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
                            first.tryComplete(new Answer(response.statusCode(), headers, event.toString()));
                        })));
        return first.future();
    }

    /** Bytes that are no text are recorded in base 64. */
    private static String text(JsonObject headers, Buffer body) {
        return headers.containsKey("content-encoding")
                ? "base64:" + Base64.getEncoder().encodeToString(body.getBytes())
                : body.toString();
    }

    private String authorization(String value) {
        if (!value.startsWith("Basic ")) {
            return value;
        }
        try {
            String plain = new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            return colon < 0 ? value : basic(plain.substring(0, colon), plain.substring(colon + 1));
        } catch (IllegalArgumentException malformedOnPurpose) {
            return value;
        }
    }

    private String asOurs(String text) {
        String ours = text;
        for (Map.Entry<String, String> id : oursByTheirs.entrySet()) {
            ours = ours.replace(id.getKey(), id.getValue());
        }
        return ours;
    }

    private String asTheirs(String text) {
        String theirs = text;
        for (Map.Entry<String, String> id : oursByTheirs.entrySet()) {
            theirs = theirs.replace(id.getValue(), id.getKey());
        }
        return theirs.replace(server.url(), "http://127.0.0.1:8100/")
                .replace(server.url().replaceAll("http://|/$", ""), "127.0.0.1:8100");
    }

    RecordedServer server() {
        return server;
    }

    /** The next kick brings the tasks that it brought when this was recorded; returns when they are here. */
    void awaitDownload(JsonArray tasks) {
        for (Object task : tasks) {
            await().until(() -> find(((JsonObject) task).getString("_id")) != null);
        }
    }

    /** The Server no longer has the task, as comparing it shows. */
    void gone(String task) {
        compared(task, new SchedulerOrders.Gone());
    }

    /** The Server has the newer version that was recorded, as comparing the task shows. */
    void changed(String task) {
        compared(task, new SchedulerOrders.Changed(server.newerVersion(task)));
    }

    private void compared(String task, SchedulerOrders.Freshness found) {
        FarmUnderTest.await(bus.ask(
                SchedulerOrders.RE_CHECKED, new SchedulerOrders.ReChecked(new TaskId(task), Instant.now(), found)));
    }

    private @Nullable TaskView find(String task) {
        return FarmUnderTest.await(bus.ask(SchedulerOrders.FIND_TASK, new SchedulerOrders.FindTask(new TaskId(task))))
                .task();
    }

    /** The Server wants these tasks stopped. */
    void cancel(List<String> tasks) {
        FarmUnderTest.await(bus.ask(
                SchedulerOrders.CANCEL_TASKS,
                new SchedulerOrders.CancelTasks(tasks.stream().map(TaskId::new).toList())));
    }

    /** Whoever was silent since then has timed out. */
    void timeOut(Instant since) {
        FarmUnderTest.await(bus.ask(SchedulerOrders.TIME_OUT, new SchedulerOrders.TimeOut(since, since)));
    }

    /** A file that was sent and not kept: a checkout looks at its name and size only. */
    void store(String checksum, int bytes) {
        Path blob = directory
                .resolve("shaman/file-store/stored")
                .resolve(checksum.substring(0, 2))
                .resolve(checksum.substring(2))
                .resolve(bytes + ".blob");
        try {
            Files.createDirectories(blob.getParent());
            Files.write(blob, new byte[bytes]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path log(String job, String task) {
        return directory
                .resolve("logs")
                .resolve("job-" + job.substring(0, 4))
                .resolve(job)
                .resolve("task-" + task + ".txt");
    }

    @Override
    public void close() {
        FarmUnderTest.await(manager.stop());
        FarmUnderTest.await(vertx.close());
    }
}

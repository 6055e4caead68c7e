package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.ManagerFacts.TaskLogGrew;
import io.flamenco.shared.bus.ManagerFacts.WorkerStatusChanged;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventBusBridgeTest {

    private static final TaskId TASK = new TaskId("5c010003494ba92dc0552b03");

    private final HttpFixture http = new HttpFixture();
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();
    private final List<WebSocket> sockets = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        http.serve(EventBusBridge::new);
    }

    @AfterEach
    void end() {
        sockets.forEach(socket -> socket.close().await());
        http.stop();
    }

    @Test
    void page_hears_the_log_of_the_task_that_it_asked_for() {
        WebSocket socket = connect("http://localhost:" + http.port());
        register(socket, "manager.task.log." + TASK);

        await().untilAsserted(() -> {
            http.bus.tell(Addresses.MANAGER_TASK_LOG.of(TASK), new TaskLogGrew(TASK, 7, "line\n"));
            assertThat(heard).isNotEmpty();
        });

        assertThat(heard.getFirst().getJsonObject("body"))
                .isEqualTo(new JsonObject()
                        .put("task_id", TASK.hex())
                        .put("offset", 7)
                        .put("text", "line\n"));
    }

    @Test
    void tool_without_web_sockets_hears_over_plain_http() {
        List<String> received = new CopyOnWriteArrayList<>();
        post("/eventbus/000/tool/xhr_streaming", "", received);
        await().until(() -> String.join("", received).contains("o\n"));
        String register = new JsonObject()
                .put("type", "register")
                .put("address", "manager.worker.status-changed")
                .encode();

        HttpClientResponse said = post(
                "/eventbus/000/tool/xhr_send", new JsonArray().add(register).encode(), new CopyOnWriteArrayList<>());

        assertThat(said.statusCode()).isEqualTo(204);
        await().untilAsserted(() -> {
            http.bus.tell(
                    Addresses.MANAGER_WORKER_STATUS_CHANGED,
                    new WorkerStatusChanged(WorkerId.next(), "w", "awake", "asleep", "", Instant.EPOCH));
            assertThat(String.join("", received)).contains("manager.worker.status-changed");
        });
    }

    private HttpClientResponse post(String path, String body, List<String> received) {
        return http.vertx
                .createHttpClient()
                .request(HttpMethod.POST, http.port(), "localhost", path)
                .compose(request -> request.send(body)
                        .onSuccess(response -> response.handler(piece -> received.add(piece.toString()))))
                .await();
    }

    @Test
    void page_hears_status_changes() {
        WebSocket socket = connect("http://localhost:" + http.port());
        register(socket, "manager.worker.status-changed");

        await().untilAsserted(() -> {
            http.bus.tell(
                    Addresses.MANAGER_WORKER_STATUS_CHANGED,
                    new WorkerStatusChanged(WorkerId.next(), "w", "awake", "asleep", "", Instant.EPOCH));
            assertThat(heard).isNotEmpty();
        });

        assertThat(heard.getFirst().getString("address")).isEqualTo("manager.worker.status-changed");
    }

    @Test
    void internal_addresses_cannot_be_heard() {
        WebSocket socket = connect("http://localhost:" + http.port());

        for (String address : List.of("manager.scheduler.nothing-left", "manager.task.log.x", "manager.task.logs")) {
            heard.clear();
            register(socket, address);
            await().untilAsserted(() -> assertThat(heard)
                    .last()
                    .matches(message -> message.getString("type").equals("err")));
        }
    }

    @Test
    void nothing_can_be_said() {
        List<Object> received = new CopyOnWriteArrayList<>();
        http.vertx.eventBus().consumer("manager.task.status-changed", received::add);
        WebSocket socket = connect("http://localhost:" + http.port());

        for (String type : List.of("send", "publish")) {
            heard.clear();
            socket.writeTextMessage(new JsonObject()
                    .put("type", type)
                    .put("address", "manager.task.status-changed")
                    .put("body", new JsonObject())
                    .encode());
            await().untilAsserted(() -> assertThat(heard)
                    .last()
                    .matches(message -> message.getString("type").equals("err")));
        }

        assertThat(received).isEmpty();
    }

    @Test
    void page_of_another_site_is_refused() {
        for (String origin : List.of("http://evil.example", "http://localhost:1", "null", "http://localhost.evil")) {
            assertThatThrownBy(() -> connect(origin)).isInstanceOf(UpgradeRejectedException.class);
        }
        assertThat(http.get("/eventbus/info").status()).isEqualTo(200);
        assertThat(http.get("/eventbus/info", Map.of("Origin", "http://evil.example"))
                        .status())
                .isEqualTo(403);
    }

    private WebSocket connect(String origin) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(http.port())
                .setURI("/eventbus/websocket")
                .putHeader("Origin", origin);
        WebSocket socket = http.vertx.createWebSocketClient().connect(options).await();
        sockets.add(socket);
        socket.handler(message -> heard.add(new JsonObject(message)));
        return socket;
    }

    private static void register(WebSocket socket, String address) {
        socket.writeTextMessage(
                new JsonObject().put("type", "register").put("address", address).encode());
    }
}

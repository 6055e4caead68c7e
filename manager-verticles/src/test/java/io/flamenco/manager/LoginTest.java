package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.login.SigningServer;
import io.flamenco.shared.http.ApiDescription;
import io.flamenco.shared.http.ApiDescription.Operation;
import io.flamenco.shared.http.BackupText;
import io.flamenco.shared.http.LogLines;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole Manager that is linked to a Server, which knows its users. */
@TestInstance(Lifecycle.PER_CLASS)
class LoginTest {

    private static final String ID = "5852bc5198377351f95d103e";

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final SigningServer signer = new SigningServer();
    private final LogLines log = new LogLines();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private ManagerRole manager;

    @SuppressWarnings("NullAway.Init")
    private URI url;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        server = FarmUnderTest.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    boolean keys = request.path().equals("/base/api/flamenco/jwt/public-keys");
                    request.response().setStatusCode(keys ? 200 : 404).end(keys ? signer.publicPem() : "");
                })
                .listen(0, "127.0.0.1"));
        manager = FarmUnderTest.await(
                ManagerRole.start(vertx, ManagerConfig.read("test", settings(), directory.resolve("one"), Map.of())));
        url = manager.url().orElseThrow();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.exists(directory.resolve("one/jwtkeys/downloaded-public.pem")))
                        .isTrue());
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(get("/as-json", "viewer").statusCode()).isEqualTo(200));
    }

    @AfterAll
    void stop() {
        FarmUnderTest.await(manager.stop());
        FarmUnderTest.await(vertx.close());
        log.close();
    }

    private JsonObject settings() {
        return new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("ssdp_discovery", false)
                .put("flamenco", "http://127.0.0.1:" + server.actualPort() + "/base")
                .put("manager_id", ID)
                .put("manager_secret", "of the manager");
    }

    private String token(String role, long secondsLeft) {
        long now = Instant.now().getEpochSecond();
        return signer.token(new JsonObject()
                .put("aud", ID)
                .put("sub", "580f8c66983773759afdb20e")
                .put("name", "Ada")
                .put("roles", new JsonArray().add(role))
                .put("iat", now - 20_000)
                .put("exp", now + secondsLeft));
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, url.getPort(), url.getHost(), path);
    }

    private HttpResponse<Buffer> get(String path, String role) {
        return FarmUnderTest.await(request(HttpMethod.GET, path)
                .bearerTokenAuthentication(token(role, 600))
                .send());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/as-json",
                "/api/v1/farm",
                "/api/v1/workers",
                "/api/v1/tasks",
                "/latest-image.jpg",
                "/imagewatch",
                "/kick",
                "/api/v1/backup",
                "/logfile/5852bc5198377351f95d103e/5852bc5198377351f95d103e",
                "/no/such/place"
            })
    void nobody_sees_anything_without_a_log_in(String path) {
        HttpResponse<Buffer> response =
                FarmUnderTest.await(request(HttpMethod.GET, path).send());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.bodyAsJsonObject().getString("detail")).contains("log-in");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /queue, 200",
        "GET, /health/live, 200",
        "GET, /metrics, 200",
        "GET, /assets/style.css, 200",
        "HEAD, /assets/style.css, 200",
        "HEAD, /health/live, 200",
        "HEAD, /task, 405",
        "POST, /task, 401",
        "GET, /task, 405",
        "POST, /register-worker, 403",
        "DELETE, /sign-on, 405"
    })
    void pages_health_and_the_calls_of_workers_need_none(String method, String path, int status) {
        assertThat(FarmUnderTest.await(request(HttpMethod.valueOf(method), path).send())
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void a_token_of_the_server_is_taken_as_bearer_and_as_cookie() {
        String token = token("viewer", 600);

        assertThat(get("/api/v1/farm", "viewer").getHeader("x-user-id-from-token"))
                .isEqualTo("580f8c66983773759afdb20e");
        for (String cookie : List.of("jwtToken", "jwtToken_" + ID, "__Host-jwtToken_" + ID)) {
            assertThat(FarmUnderTest.await(request(HttpMethod.GET, "/api/v1/me")
                                    .putHeader("Cookie", cookie + "=" + token)
                                    .send())
                            .bodyAsJsonObject())
                    .isEqualTo(new JsonObject()
                            .put("id", "580f8c66983773759afdb20e")
                            .put("name", "Ada")
                            .put("role", "viewer"));
        }
    }

    @Test
    void a_stale_cookie_does_not_spoil_a_good_header() {
        assertThat(FarmUnderTest.await(request(HttpMethod.GET, "/as-json")
                                .putHeader("Cookie", "jwtToken=" + token("viewer", -600))
                                .bearerTokenAuthentication(token("viewer", 600))
                                .send())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_expired_token_is_answered_with_498() {
        HttpResponse<Buffer> response = FarmUnderTest.await(request(HttpMethod.GET, "/as-json")
                .putHeader("Cookie", "jwtToken=" + token("viewer", -600))
                .send());

        assertThat(response.statusCode()).isEqualTo(498);
        assertThat(response.bodyAsJsonObject().getString("detail")).contains("expired");
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, POST, /worker-action/5852bc5198377351f95d103e, 403",
        "artist, POST, /worker-action/5852bc5198377351f95d103e, 403",
        "wrangler, POST, /worker-action/5852bc5198377351f95d103e, 400",
        "viewer, GET, /kick, 403",
        "wrangler, GET, /api/v1/backup, 403",
        "wrangler, GET, /api/v1/backup/, 403",
        "wrangler, GET, /api/v1//backup, 403",
        "wrangler, GET, /api/v1/./backup, 403",
        "wrangler, GET, /api/v1/%62ackup, 403",
        "admin, GET, /api/v1/backup, 200"
    })
    void roles_decide_who_may_do_what(String role, String method, String path, int status) {
        assertThat(FarmUnderTest.await(request(HttpMethod.valueOf(method), path)
                                .bearerTokenAuthentication(token(role, 600))
                                .send())
                        .statusCode())
                .isEqualTo(status);
    }

    /** The stream of pictures has no end to wait for. */
    @Test
    void each_operation_takes_the_role_that_the_description_names() {
        String yaml = FarmUnderTest.await(
                        request(HttpMethod.GET, "/api/v1/openapi.yaml").send())
                .bodyAsString();
        List<Operation> operations = ApiDescription.read(vertx, yaml).operations().stream()
                .filter(operation -> operation.content().containsKey("x-role"))
                .filter(operation -> !operation.content().containsKey("x-mode"))
                .filter(operation -> !operation.call().path().equals("/imagewatch"))
                .toList();
        assertThat(operations).hasSizeGreaterThan(20);
        for (FarmRole role : FarmRole.values()) {
            String token = token(role.word(), 600);
            for (Operation operation : operations) {
                FarmRole least =
                        FarmRole.parse(operation.content().getString("x-role")).orElseThrow();
                int status = FarmUnderTest.await(request(
                                        HttpMethod.valueOf(operation.call().method()),
                                        operation.call().url(ID))
                                .bearerTokenAuthentication(token)
                                .send())
                        .statusCode();
                assertThat(status == 403)
                        .as("%s as %s: %s", operation.call(), role, status)
                        .isEqualTo(!role.covers(least));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 400"
    })
    void what_a_browser_sends_by_itself_counts_only_for_our_own_pages(String header, String value, int status) {
        assertThat(FarmUnderTest.await(request(HttpMethod.POST, "/worker-action/" + ID)
                                .putHeader("Cookie", "jwtToken=" + token("admin", 600))
                                .putHeader(header, value)
                                .send())
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"viewer, 403", "wrangler, 404"})
    void over_the_bus_the_same_roles_decide_as_over_rest(String role, int status) {
        List<JsonObject> heard = new CopyOnWriteArrayList<>();
        WebSocket socket = FarmUnderTest.await(sockets.connect(url.getPort(), url.getHost(), "/eventbus/websocket"));
        socket.textMessageHandler(text -> heard.add(new JsonObject(text)));

        socket.writeTextMessage(toBus("register", "manager.task.status-changed", token(role, 600)));
        socket.writeTextMessage(toBus("send", "manager.worker.ack-timeout", ""));

        Awaitility.await().until(() -> heard.size() == 2);
        assertThat(heard.get(0).getJsonObject("body").getString("registered")).isEqualTo("manager.task.status-changed");
        assertThat(heard.get(1).getInteger("failureCode")).isEqualTo(status);
    }

    private static String toBus(String type, String address, String token) {
        return new JsonObject()
                .put("type", type)
                .put("address", address)
                .put("replyAddress", "answer")
                .put("headers", token.isEmpty() ? null : new JsonObject().put("authorization", "Bearer " + token))
                .put("body", new JsonObject().put("worker_id", ID))
                .encode();
    }

    @Test
    void a_browser_that_is_not_logged_in_cannot_use_the_bus() {
        assertThat(FarmUnderTest.await(request(HttpMethod.GET, "/eventbus/info")
                                .putHeader("User-Agent", "Mozilla/5.0 of the test")
                                .send())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_changed_what_is_remembered_without_secrets() {
        FarmUnderTest.await(request(HttpMethod.POST, "/worker-action/" + ID + "?action=forget-worker")
                .bearerTokenAuthentication(token("wrangler", 600))
                .send());
        FarmUnderTest.await(request(HttpMethod.POST, "/set-sleep-schedule/" + ID)
                .bearerTokenAuthentication(token("viewer", 600))
                .send());

        Awaitility.await()
                .untilAsserted(() -> assertThat(Files.readString(directory.resolve("one/audit.log")))
                        .contains("\"name\":\"Ada\",\"role\":\"wrangler\"")
                        .contains("\"path\":\"/worker-action/" + ID + "\",\"status\":404")
                        .contains("\"role\":\"viewer\"")
                        .contains("\"status\":403")
                        .doesNotContain("eyJ")
                        .doesNotContain("forget-worker"));
    }

    @Test
    void pages_are_told_where_to_get_a_token_and_where_to_log_in() {
        JsonObject urls = FarmUnderTest.await(request(HttpMethod.GET, "/jwt/token-urls?place=/queue")
                        .putHeader("Host", "manager.studio:8080")
                        .send())
                .bodyAsJsonObject();

        String base = "http://127.0.0.1:" + server.actualPort() + "/base/";
        assertThat(urls.getString("tokenURL"))
                .startsWith(base + "api/flamenco/jwt/generate-token/" + ID + "?expires=2")
                .matches(".*%3A\\d\\dZ&hmac=[0-9a-f]{64}");
        assertThat(urls.getString("loginURL"))
                .isEqualTo(base + "login?next=http%3A%2F%2Fmanager.studio%3A8080%2Fqueue");
        assertThat(FarmUnderTest.await(request(HttpMethod.GET, "/jwt/token-urls?place=//evil.example")
                                .send())
                        .bodyAsJsonObject()
                        .getString("loginURL"))
                .endsWith("%3A" + url.getPort() + "%2F");
    }

    @Test
    void the_key_of_the_start_logs_in_once_and_the_api_token_for_ever() throws Exception {
        String key = manager.loginLink().orElseThrow().getFragment().substring("key=".length());

        HttpResponse<Buffer> first = logIn(key);
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(first.getHeader("Set-Cookie"))
                .containsIgnoringCase("httponly")
                .contains("SameSite=Strict");
        String cookie = first.getHeader("Set-Cookie").split(";", 2)[0];
        assertThat(me(cookie).bodyAsJsonObject().getString("role")).isEqualTo("admin");
        assertThat(logIn(key).statusCode()).isEqualTo(401);
        assertThat(manager.loginLink()).isEmpty();
        assertThat(logIn(Files.readString(directory.resolve("one/api-token")).strip())
                        .statusCode())
                .isEqualTo(204);

        FarmUnderTest.await(request(HttpMethod.POST, "/api/v1/logout")
                .putHeader("Cookie", cookie)
                .send());
        assertThat(me(cookie).statusCode()).isEqualTo(401);
    }

    /** Each kind is shown right and, where that is something else, wrong. */
    @Test
    void no_credential_is_in_any_log_line_number_document_or_backup() throws Exception {
        Path data = directory.resolve("one");
        String apiToken = Files.readString(data.resolve("api-token")).strip();
        String join =
                Files.readString(data.resolve("worker-registration-secret")).strip();
        String cookie = logIn(apiToken).getHeader("Set-Cookie").split(";", 2)[0];
        logIn("a guessed key");
        String joinToken = WorkerUnderTest.token(join, Instant.now());
        String worker = FarmUnderTest.await(request(HttpMethod.POST, "/register-worker")
                        .bearerTokenAuthentication(joinToken)
                        .sendJsonObject(new JsonObject()
                                .put("secret", "of-the-worker-0815")
                                .put("platform", "linux")
                                .put("supported_task_types", new JsonArray().add("sleep"))
                                .put("nickname", "w")))
                .bodyAsJsonObject()
                .getString("_id");
        for (String secret : List.of("of-the-worker-0815", "of-nobody-4711")) {
            FarmUnderTest.await(request(HttpMethod.POST, "/sign-on")
                    .basicAuthentication(worker, secret)
                    .sendJsonObject(new JsonObject()));
        }
        String token = token("admin", 600);
        String expired = token("admin", -600);
        String change = "/worker-action/" + worker;
        for (String one : List.of(token, expired, apiToken, "a.wrong.token-0815")) {
            FarmUnderTest.await(request(HttpMethod.POST, change)
                    .bearerTokenAuthentication(one)
                    .send());
            me("jwtToken=" + one);
        }
        String hmac = FarmUnderTest.await(
                        request(HttpMethod.GET, "/jwt/token-urls").send())
                .bodyAsJsonObject()
                .getString("tokenURL")
                .replaceAll(".*hmac=", "");

        List<String> said = new ArrayList<>(log.all());
        assertThat(said).anyMatch(line -> line.contains("Somebody logged in"));
        for (String path : List.of(
                "/metrics", "/health/ready", "/as-json", "/api/v1/farm", "/api/v1/workers", "/api/v1/me", "/")) {
            said.add(path + " " + get(path, "admin").bodyAsString());
        }
        said.add(auditOf(change, 2));
        String backup = BackupText.of(get("/api/v1/backup", "admin").body().getBytes());
        assertThat(backup).as("as a hash").contains("hashed_secret", "$2");
        said.add(backup);
        said.add(ManagerConfig.read("test", settings(), data, Map.of()).toString());
        for (String secret : List.of(
                apiToken,
                join,
                joinToken,
                cookie.split("=", 2)[1],
                "a guessed key",
                "of-the-worker-0815",
                "of-nobody-4711",
                "of the manager",
                token,
                expired,
                "a.wrong.token-0815",
                hmac)) {
            assertThat(said).as("says %s", secret).noneMatch(line -> line.contains(secret));
        }
    }

    /** All of the audit log, once it tells of so many changes at that path: it is written after they were answered. */
    private String auditOf(String path, int changes) {
        Path file = directory.resolve("one/audit.log");
        return Awaitility.await()
                .until(
                        () -> Files.exists(file) ? Files.readString(file) : "",
                        text -> text.lines()
                                        .filter(line -> line.contains("\"" + path + "\""))
                                        .count()
                                == changes);
    }

    private HttpResponse<Buffer> logIn(String key) {
        return FarmUnderTest.await(
                request(HttpMethod.POST, "/api/v1/login").sendJsonObject(new JsonObject().put("key", key)));
    }

    private HttpResponse<Buffer> me(String cookie) {
        return FarmUnderTest.await(request(HttpMethod.GET, "/api/v1/me")
                .putHeader("Cookie", cookie)
                .send());
    }
}

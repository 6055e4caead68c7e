package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.config.ManagerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A whole Manager that gets requests which no client of ours sends. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileRequestsTest {

    private static final String ID = "5852bc5198377351f95d103e";
    private static final List<String> PATHS = List.of(
            "/api/v1/login",
            "/api/v1/logout",
            "/api/v1/me",
            "/jwt/token-urls",
            "/register-worker",
            "/task",
            "/sign-on",
            "/sign-off",
            "/status-change",
            "/ack-status-change/awake",
            "/may-i-run/" + ID,
            "/tasks/" + ID + "/update",
            "/tasks/" + ID + "/return",
            "/tasks/" + ID + "/redir-to-server",
            "/output-produced",
            "/api/v1/farm",
            "/api/v1/workers",
            "/api/v1/tasks",
            "/api/v1/tasks/" + ID,
            "/api/v1/tasks/" + ID + "/log",
            "/api/v1/tasks/" + ID + "/why",
            "/as-json",
            "/worker-action/" + ID,
            "/set-sleep-schedule/" + ID,
            "/logfile/" + ID + "/" + ID,
            "/latest-image.jpg",
            "/checkout/requirements",
            "/checkout/create/" + ID,
            "/files/" + "a".repeat(64) + "/12",
            "/health/live",
            "/health/ready",
            "/metrics",
            "/assets/style.css",
            "/");
    private static final List<String> NAMES = List.of(
            "..",
            "%2e%2e",
            "..%2f..%2fetc%2fpasswd",
            "%00",
            "%c0%ae%c0%ae",
            "%",
            "%zz",
            "a".repeat(5000),
            "{job_storage}",
            "$(id)",
            "'; DROP",
            "\\..\\..",
            "%F0%9F%98%80",
            "-1",
            "null");

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final Random random = new Random(42);

    @SuppressWarnings("NullAway.Init")
    private ManagerRole manager;

    @SuppressWarnings("NullAway.Init")
    private URI url;

    private String token = "";
    private Path data = Path.of("");

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("ssdp_discovery", false);
        data = directory.resolve("manager");
        manager = FarmUnderTest.await(ManagerRole.start(vertx, ManagerConfig.read("test", yaml, data, Map.of())));
        url = manager.url().orElseThrow();
        token = Files.readString(data.resolve("api-token")).strip();
    }

    @AfterAll
    void stop() {
        FarmUnderTest.await(manager.stop());
        FarmUnderTest.await(vertx.close());
    }

    private HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, url.getPort(), url.getHost(), path)
                .followRedirects(false)
                .bearerTokenAuthentication(token);
    }

    private void assertAnswered(HttpMethod method, String path, String type, Buffer body) {
        HttpResponse<Buffer> response = FarmUnderTest.await(
                request(method, path).putHeader("Content-Type", type).sendBuffer(body));
        assertThat(response.statusCode())
                .as("%s %s with %s of %s", method, path, body.length(), type)
                .isNotEqualTo(500)
                .isLessThan(505);
    }

    @Test
    void any_body_at_any_address_gets_an_answer_that_is_no_fault_of_ours() {
        for (String path : PATHS) {
            for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)) {
                assertAnswered(method, path, "application/json", Buffer.buffer("{\"a\": [1, {\"b\": null}]}"));
            }
            for (Buffer body : bodies()) {
                assertAnswered(HttpMethod.POST, path, "application/json", body);
                assertAnswered(HttpMethod.POST, path, "application/x-www-form-urlencoded", body);
            }
        }
    }

    @Test
    void any_name_in_any_place_of_a_path_or_query_gets_one_too() throws Exception {
        for (String path : PATHS) {
            for (String name : NAMES) {
                for (String hostile : List.of(
                        path.replace(ID, name),
                        path + "/" + name,
                        path + "?limit=" + name + "&from=" + name + "&status=" + name)) {
                    HttpResponse<Buffer> response = FarmUnderTest.await(request(
                                    HttpMethod.GET,
                                    hostile.replace("\\", "%5C")
                                            .replace(" ", "%20")
                                            .replace("{", "%7B")
                                            .replace("}", "%7D"))
                            .send());
                    assertThat(response.statusCode()).as(hostile).isNotEqualTo(500);
                    assertThat(String.valueOf(response.bodyAsString()))
                            .as(hostile)
                            .doesNotContain("root:");
                }
            }
        }
    }

    @Test
    void secrets_are_in_no_answer_and_no_number() throws Exception {
        String join =
                Files.readString(data.resolve("worker-registration-secret")).strip();
        for (String path : List.of(
                "/metrics", "/as-json", "/api/v1/farm", "/api/v1/workers", "/api/v1/me", "/health/ready", "/")) {
            String body =
                    FarmUnderTest.await(request(HttpMethod.GET, path).send()).bodyAsString();
            assertThat(body).as(path).doesNotContain(token).doesNotContain(join);
        }
    }

    private List<Buffer> bodies() {
        byte[] noise = new byte[200];
        random.nextBytes(noise);
        return List.of(
                Buffer.buffer(),
                Buffer.buffer(noise),
                Buffer.buffer("null"),
                Buffer.buffer("[]"),
                Buffer.buffer("{"),
                Buffer.buffer("\"text\""),
                Buffer.buffer("[".repeat(3000)),
                Buffer.buffer("{\"key\": 1, \"secret\": [], \"nickname\": {}, \"paths\": 3, \"task_status\": 9}"),
                Buffer.buffer("{\"secret\": \"" + "x".repeat(100_000) + "\"}"));
    }
}

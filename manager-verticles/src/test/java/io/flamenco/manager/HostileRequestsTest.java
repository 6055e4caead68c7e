package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.shared.http.ApiDescription;
import io.flamenco.shared.http.ApiDescription.Operation;
import io.flamenco.shared.http.ApiFuzz;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

    @SuppressWarnings("NullAway.Init")
    private ManagerRole manager;

    @SuppressWarnings("NullAway.Init")
    private URI url;

    private String token = "";
    private Path data = Path.of("");

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        JsonObject yaml = new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("ssdp_discovery", false)
                .put(
                        "limits",
                        new JsonObject()
                                .put("requests_per_second", 1_000_000)
                                .put("worker_registrations_per_minute", 1_000_000));
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

    private ApiDescription description() {
        return ApiDescription.read(
                vertx,
                FarmUnderTest.await(
                                request(HttpMethod.GET, "/api/v1/openapi.yaml").send())
                        .bodyAsString());
    }

    /** At work, but for the two that have no end or make one. */
    private static boolean answers(Operation operation) {
        return !operation.content().containsKey("x-mode")
                && !List.of("/imagewatch", "/restart-to-websetup")
                        .contains(operation.call().path());
    }

    private String worker() {
        String join = WorkerUnderTest.token(read("worker-registration-secret"), Instant.now());
        JsonObject registered = FarmUnderTest.await(client.post(url.getPort(), url.getHost(), "/register-worker")
                        .bearerTokenAuthentication(join)
                        .sendJsonObject(new JsonObject()
                                .put("secret", "of the worker")
                                .put("platform", "linux")
                                .put("supported_task_types", new JsonArray().add("sleep"))
                                .put("nickname", "hostile")))
                .bodyAsJsonObject();
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (registered.getString("_id") + ":of the worker").getBytes(StandardCharsets.UTF_8));
    }

    private String read(String file) {
        try {
            return Files.readString(data.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void any_request_is_answered_and_none_by_a_fault_of_ours_or_for_ever_growing_memory() {
        new ApiFuzz(
                        vertx,
                        url,
                        description(),
                        HostileRequestsTest::answers,
                        List.of("Bearer " + token, worker(), "Bearer " + WorkerUnderTest.token("wrong", Instant.now())))
                .run(1);
    }

    @Test
    void any_name_in_any_place_of_a_path_or_query_gets_one_too() throws Exception {
        List<String> paths = description().operations().stream()
                .filter(HostileRequestsTest::answers)
                .map(operation -> operation.call().url(ID))
                .distinct()
                .toList();
        for (String path : paths) {
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
}

package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.BackupText;
import io.flamenco.shared.http.LogLines;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What strangers may try. */
class HardeningTest {

    private final FarmOfOne farm;

    HardeningTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private String backup() throws Exception {
        String[] admin = farm.asUser();
        HttpRequest request = HttpRequest.newBuilder(
                        farm.server().url().orElseThrow().resolve("/api/v1/backup"))
                .headers(admin)
                .build();
        return BackupText.of(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body());
    }

    @Test
    void every_answer_tells_browsers_what_not_to_do() throws Exception {
        for (String path : new String[] {
            "/", "/login", "/api/v1/jobs", "/api/v1/users", "/nowhere", "/api/flamenco/jwt/public-keys"
        }) {
            HttpResponse<String> answer = farm.get(path);
            for (String header :
                    new String[] {"content-security-policy", "x-content-type-options", "x-frame-options", "x-request-id"
                    }) {
                assertThat(answer.headers().firstValue(header))
                        .as("%s of %s", header, path)
                        .isPresent();
            }
        }
    }

    @Test
    void whoever_asks_too_fast_must_wait() throws Exception {
        farm.restartWith(new JsonObject().put("requests_per_second", 1));
        HttpResponse<String> answer = farm.get("/api/v1/jobs");
        for (int i = 0; i < 100 && answer.statusCode() != 429; i++) {
            answer = farm.get("/api/v1/jobs");
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void what_is_too_large_is_refused() throws Exception {
        String long9k = "x".repeat(9 << 10);

        assertThat(farm.get("/api/v1/jobs?q=" + long9k).statusCode()).isEqualTo(414);
        assertThat(farm.get("/api/v1/jobs", "X-Long", "x".repeat(17 << 10)).statusCode())
                .isEqualTo(431);
        assertThat(farm.call("POST", "/api/v1/login", "{\"name\": \"" + "x".repeat(9 << 20) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void what_grows_too_large_when_it_is_unpacked_is_refused() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] piece = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 20; i++) {
                gzip.write(piece);
            }
        }
        URI login = farm.server().url().orElseThrow().resolve("/api/v1/login");
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest bomb = HttpRequest.newBuilder(login)
                    .header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                    .build();
            assertThat(client.send(bomb, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void no_credential_is_in_any_log_line_document_or_backup() throws Exception {
        try (LogLines log = new LogLines()) {
            farm.restart();
            String cookie =
                    farm.session("ada", "admin", "a password of ada-0815").split("=", 2)[1];
            farm.logIn("ada", "a wrong password-4711");
            String made = farm.call(
                            "POST",
                            "/api/v1/me/tokens",
                            "{\"name\":\"tool\"}",
                            "Cookie",
                            "flamenco-session=" + cookie,
                            "X-Requested-With",
                            "test")
                    .body();
            String serverToken = farm.asUser()[1].substring("Bearer ".length());
            String apiToken = new JsonObject(made).getString("token", "none was made");
            String jwt = farm.get(
                            "/api/flamenco/jwt/generate-token/" + FarmOfOne.MANAGER,
                            "Authorization",
                            "Bearer " + apiToken)
                    .body();
            farm.depsgraph();
            farm.call("POST", "/api/v1/jobs", "{}", "Authorization", "Bearer a-wrong-token-0815");
            List<String> said = new ArrayList<>(log.all());
            for (String path : List.of(
                    "/api/v1/audit",
                    "/api/v1/users",
                    "/api/v1/managers",
                    "/api/v1/me/tokens",
                    "/api/v1/jobs",
                    "/api/v1/workers",
                    "/metrics",
                    "/")) {
                said.add(path + " " + farm.get(path, farm.asUser()).body());
            }
            String backup = backup();
            assertThat(backup).contains("ada").as("as a hash").contains("$2");
            said.add(backup);

            assertThat(said).hasSizeGreaterThan(5);
            assertThat(apiToken).startsWith("flt_");
            assertThat(jwt).startsWith("eyJ");
            for (String secret : List.of(
                    cookie,
                    "a password of ada-0815",
                    "a wrong password-4711",
                    serverToken,
                    apiToken,
                    jwt,
                    FarmOfOne.SECRET,
                    FarmOfOne.basic(FarmOfOne.SECRET),
                    "a-wrong-token-0815")) {
                assertThat(said).as("says %s", secret).noneMatch(line -> line.contains(secret));
            }
        }
    }

    @Test
    void paths_lead_nowhere_else() throws Exception {
        for (String path : new String[] {
            "/assets/..%2f..%2fserver.yaml",
            "/assets/%2e%2e/%2e%2e/api-token",
            "/api/v1/tasks/..%2f..%2fapi-token/log.gz"
        }) {
            assertThat(farm.get(path).statusCode()).as(path).isIn(400, 404);
        }
        assertThat(farm.call("POST", "/api/v1//users", "{}").statusCode()).isIn(401, 404, 405);
        assertThat(farm.call("POST", "/api/v1/jobs/../users", "{}").statusCode())
                .isIn(401, 404, 405);
    }

    @Test
    void head_asks_as_get_and_takes_no_tasks() throws Exception {
        String job = farm.submitSleep();
        for (String path : List.of("/", "/jobs", "/api/v1/jobs", "/api/v1/openapi.json", "/api/v1/jobs/" + job)) {
            HttpResponse<String> asked = farm.call("HEAD", path, "", farm.asUser());
            assertThat(asked.statusCode()).as(path).isEqualTo(200);
            assertThat(asked.body()).as(path).isEmpty();
            assertThat(asked.headers().firstValue("content-type"))
                    .isEqualTo(farm.get(path, farm.asUser()).headers().firstValue("content-type"));
        }
        String depsgraph = "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/depsgraph";

        assertThat(farm.asManager("HEAD", depsgraph, "").headers().firstValue("allow"))
                .contains("GET");

        assertThat(farm.statuses(job)).containsOnly("queued");
    }
}

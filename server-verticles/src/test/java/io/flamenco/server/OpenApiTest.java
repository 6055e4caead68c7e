package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.server.domain.UserRole;
import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the description of the API that the Server itself hands out. */
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String NOBODY = "5c01000000000000000000aa";

    private final FarmOfOne farm;

    OpenApiTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private JsonObject description() throws Exception {
        HttpResponse<String> answer = farm.get("/api/v1/openapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        return FarmOfOne.await(
                new YamlProcessor().process(farm.vertx(), new JsonObject(), Buffer.buffer(answer.body())));
    }

    /** Each with its own answer to strangers: it is where they stop being ones. */
    private static final Set<String> FOR_STRANGERS = Set.of("/api/v1/login");

    private static String url(String path) {
        return path.replaceAll("\\{[a-z]+id}", NOBODY);
    }

    private static UserRole least(String method, JsonObject operation) {
        String usual = method.equals("get") ? "viewer" : "wrangler";
        return UserRole.parse(operation.getString("x-role", usual)).orElseThrow();
    }

    @Test
    void each_change_is_refused_to_those_whose_role_does_not_allow_it() throws Exception {
        JsonObject paths = description().getJsonObject("paths");
        for (UserRole role : UserRole.values()) {
            String[] credentials = farm.user("some-" + role.wire(), role.wire());
            for (String path : paths.fieldNames()) {
                for (String method : paths.getJsonObject(path).fieldNames()) {
                    boolean endsSession = path.endsWith("/logout");
                    if (!METHODS.contains(method) || FOR_STRANGERS.contains(path) || endsSession) {
                        continue;
                    }
                    UserRole least = least(method, paths.getJsonObject(path).getJsonObject(method));
                    String[] all = {credentials[0], credentials[1], "If-Match", "\"never\""};
                    int status = farm.call(method.toUpperCase(Locale.ROOT), url(path), "{}", all)
                            .statusCode();
                    if (!role.atLeast(least)) {
                        assertThat(status).as("%s %s as %s", method, path, role).isEqualTo(403);
                    } else if (!path.equals("/api/v1/me/password")) {
                        assertThat(status).as("%s %s as %s", method, path, role).isNotIn(401, 403, 500);
                    }
                }
            }
        }
    }

    @Test
    void nothing_that_changes_something_answers_without_credentials() throws Exception {
        JsonObject paths = description().getJsonObject("paths");
        int walked = 0;
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                if (METHODS.contains(method) && !method.equals("get") && !FOR_STRANGERS.contains(path)) {
                    int status = farm.call(method.toUpperCase(Locale.ROOT), url(path), "{}")
                            .statusCode();
                    assertThat(status).as("%s %s", method, path).isEqualTo(401);
                    assertThat(paths.getJsonObject(path).getJsonObject(method).getJsonArray("security"))
                            .as("%s %s says so", method, path)
                            .isNotEmpty();
                    walked++;
                }
            }
        }
        assertThat(walked).isGreaterThan(10);
    }

    /** The checker knows few media types, and that of problems is none of them. */
    @Test
    void the_description_keeps_the_rules_of_open_api() throws Exception {
        String known = description().encode().replace("application/problem+json", "application/json");
        OpenAPIContract contract = FarmOfOne.await(OpenAPIContract.from(farm.vertx(), new JsonObject(known)));

        assertThat(contract.operations()).hasSizeGreaterThan(20);
    }

    @Test
    void everything_that_is_described_is_there() throws Exception {
        JsonObject paths = description().getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                HttpResponse<String> answer =
                        farm.call(method.toUpperCase(Locale.ROOT), url(path), "{\"priority\":50}", farm.asUser());
                assertThat(answer.body()).as("%s %s", method, path).doesNotContain("There is nothing at");
                assertThat(answer.statusCode()).as("%s %s", method, path).isNotIn(405, 500);
            }
        }
    }
}

package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.ApiDescription;
import io.flamenco.shared.http.ApiDescription.Call;
import io.flamenco.shared.http.ApiDescription.Operation;
import io.flamenco.shared.http.ApiFuzz;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the description of the API that the Server itself hands out, and the routes that are really there. */
class OpenApiTest {

    private static final String NOBODY = "5c01000000000000000000aa";
    private static final String PUBLIC = "/api/v1/";

    /** Each with its own answer to strangers: it is where they stop being ones. */
    private static final Set<String> FOR_STRANGERS = Set.of("/api/v1/login");

    /** A Manager that is being linked has no credentials yet; the second takes a proof made with the key of the first. */
    private static final Set<String> FOR_LINKING =
            Set.of("/api/flamenco/managers/link/exchange", "/api/flamenco/managers/link/reset-token");

    private final FarmOfOne farm;

    @SuppressWarnings("NullAway.Init")
    private ApiDescription description;

    OpenApiTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @BeforeEach
    void ask() throws Exception {
        HttpResponse<String> answer = farm.get("/api/v1/openapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        description = ApiDescription.read(farm.vertx(), answer.body());
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private static FarmRole least(Operation operation) {
        String usual = operation.call().method().equals("GET") ? "viewer" : "wrangler";
        return FarmRole.parse(operation.content().getString("x-role", usual)).orElseThrow();
    }

    private int status(Call call, String body, String... headers) throws Exception {
        return farm.call(call.method(), call.url(NOBODY), body, headers).statusCode();
    }

    @Test
    void each_change_is_refused_to_those_whose_role_does_not_allow_it() throws Exception {
        for (FarmRole role : FarmRole.values()) {
            String[] credentials = farm.user("some-" + role.word(), role.word());
            String[] headers = {credentials[0], credentials[1], "If-Match", "\"never\""};
            for (Operation operation : description.operations()) {
                Call call = operation.call();
                if (FOR_STRANGERS.contains(call.path()) || call.path().endsWith("/logout")) {
                    continue;
                }
                int status = status(call, "{}", headers);
                if (!role.covers(least(operation))) {
                    assertThat(status).as("%s as %s", call, role).isEqualTo(403);
                } else if (!call.path().equals("/api/v1/me/password")) {
                    assertThat(status).as("%s as %s", call, role).isNotIn(401, 403, 500);
                }
            }
        }
    }

    @Test
    void nothing_that_changes_something_answers_without_credentials() throws Exception {
        List<Operation> changes = description.operations().stream()
                .filter(operation -> operation.call().changes())
                .filter(operation -> !FOR_STRANGERS.contains(operation.call().path()))
                .toList();
        assertThat(changes).hasSizeGreaterThan(10).allMatch(Operation::guarded);
        List<Call> routes = ApiDescription.callsOf(farm.server().router(), Set.of("POST")).stream()
                .filter(Call::changes)
                .filter(call -> !FOR_STRANGERS.contains(call.path()) && !FOR_LINKING.contains(call.path()))
                .toList();
        assertThat(routes).hasSizeGreaterThan(changes.size());
        for (Call call : Stream.concat(changes.stream().map(Operation::call), routes.stream())
                .toList()) {
            assertThat(status(call, "{}"))
                    .as("%s", call)
                    .isIn(call.path().startsWith(PUBLIC) ? List.of(401) : List.of(401, 403));
        }
        for (String path : FOR_LINKING) {
            assertThat(status(new Call("POST", path), "{}")).as(path).isEqualTo(400);
        }
    }

    @Test
    void pages_get_the_same_description_as_json() throws Exception {
        assertThat(farm.json("/api/v1/openapi.json")).isEqualTo(description.document());
    }

    @Test
    void each_public_route_is_described() {
        Set<Call> described =
                description.operations().stream().map(Operation::call).collect(Collectors.toSet());

        assertThat(ApiDescription.callsOf(farm.server().router(), Set.of()))
                .filteredOn(call -> call.path().startsWith(PUBLIC))
                .filteredOn(call -> !call.path().contains("/openapi."))
                .hasSizeGreaterThan(30)
                .isSubsetOf(described);
    }

    @Test
    void any_request_is_answered_and_none_by_a_fault_or_for_ever_growing_memory() throws Exception {
        farm.restartWith(new JsonObject().put("requests_per_second", 1_000_000));
        new ApiFuzz(
                        farm.vertx(),
                        farm.server().url().orElseThrow(),
                        description.and(protocol()),
                        operation -> true,
                        List.of(farm.asUser()[1], FarmOfOne.basic(FarmOfOne.SECRET)))
                .run(1);
    }

    /** What Managers ask for, about a job and a task that are there. */
    private ApiDescription protocol() throws Exception {
        String job = farm.submitSleep();
        String yaml;
        try (InputStream file = getClass().getResourceAsStream("/manager-protocol.yaml")) {
            yaml = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
        String task = farm.taskIds(job).getFirst();
        ApiDescription protocol = ApiDescription.read(
                farm.vertx(),
                yaml.replace("MANAGER", FarmOfOne.MANAGER).replace("TASK", task).replace("JOB", job));
        assertThat(protocol.operations())
                .extracting(Operation::call)
                .containsAll(ApiDescription.callsOf(farm.server().router(), Set.of()).stream()
                        .filter(call -> call.path().contains("/flamenco/"))
                        .toList());
        return protocol;
    }

    @Test
    void the_description_keeps_the_rules_of_open_api() {
        description.check(farm.vertx());
    }

    @Test
    void everything_that_is_described_is_there() throws Exception {
        for (Operation operation : description.operations()) {
            Call call = operation.call();
            HttpResponse<String> answer =
                    farm.call(call.method(), call.url(NOBODY), "{\"priority\":50}", farm.asUser());
            assertThat(answer.body()).as("%s", call).doesNotContain("There is nothing at");
            assertThat(answer.statusCode()).as("%s", call).isNotIn(405, 500);
        }
    }
}

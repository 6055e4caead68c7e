package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.http.WebPages;
import io.flamenco.shared.http.ApiDescription;
import io.flamenco.shared.http.ApiDescription.Call;
import io.flamenco.shared.http.ApiDescription.Operation;
import io.flamenco.shared.kernel.Role;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Walks the description that the Manager hands out, and the routes that are really there, at work and in the set-up. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final String NOBODY = "5c01000000000000000000aa";
    private static final Set<String> ANY = Set.of("GET", "POST");

    /** Described both at work and in the set-up. */
    private static final Set<String> ALWAYS = Set.of(
            "/api/v1/openapi.yaml",
            "/api/v1/openapi.json",
            "/api/v1/login",
            "/api/v1/logout",
            "/api/v1/me",
            "/jwt/token-urls");

    /** Where strangers stop being ones, end what they may not have, and where the Server's proof is all that counts. */
    private static final Set<String> FOR_STRANGERS = Set.of("/api/v1/login", "/api/v1/logout", "/setup/link-return");

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);

    @SuppressWarnings("NullAway.Init")
    private ManagerRole manager;

    @SuppressWarnings("NullAway.Init")
    private ManagerSetup setup;

    @SuppressWarnings("NullAway.Init")
    private ApiDescription description;

    private String token = "";

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("ssdp_discovery", false);
        Path data = directory.resolve("manager");
        manager = FarmUnderTest.await(ManagerRole.start(vertx, ManagerConfig.read("test", yaml, data, Map.of())));
        Path file = Files.writeString(directory.resolve("manager.yaml"), "manager_name: Fresh\n");
        setup = FarmUnderTest.await(
                ManagerSetup.start(vertx, file, yaml, directory.resolve("setup"), Optional.empty()));
        token = Files.readString(data.resolve("api-token")).strip();
        String handedOut = send(manager, new Call("GET", "/api/v1/openapi.yaml"), Optional.empty())
                .bodyAsString();
        description = ApiDescription.read(vertx, handedOut);
    }

    @AfterAll
    void stop() {
        FarmUnderTest.await(setup.stop());
        FarmUnderTest.await(manager.stop());
        FarmUnderTest.await(vertx.close());
    }

    private HttpResponse<Buffer> send(Role role, Call call, Optional<String> bearer) {
        URI url = role.url().orElseThrow();
        HttpRequest<Buffer> request = client.request(
                        HttpMethod.valueOf(call.method()), url.getPort(), url.getHost(), call.url(NOBODY))
                .followRedirects(false);
        bearer.ifPresent(request::bearerTokenAuthentication);
        return FarmUnderTest.await(request.sendJsonObject(new JsonObject()));
    }

    private Set<Call> routes(List<RouteGroup> groups) {
        Set<Call> pages =
                calls(List.of(new WebPages(vertx), WebPages.ofSetup(vertx, ""), WebPages.ofRestart(vertx, "")));
        Set<Call> calls = calls(groups);
        calls.removeAll(pages);
        calls.removeIf(call -> call.url(NOBODY).startsWith("/eventbus"));
        return calls;
    }

    private Set<Call> calls(List<RouteGroup> groups) {
        Router router = Router.router(vertx);
        groups.forEach(group -> group.addTo(router));
        return ApiDescription.callsOf(router, ANY);
    }

    private Set<Call> described(Predicate<Operation> wanted) {
        return description.operations().stream()
                .filter(wanted)
                .map(Operation::call)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean ofSetup(Operation operation) {
        return "setup".equals(operation.content().getString("x-mode"));
    }

    private static boolean ofBoth(Operation operation) {
        return ALWAYS.contains(operation.call().path());
    }

    @Test
    void the_description_keeps_the_rules_of_open_api() {
        description.check(vertx);
    }

    /** What any method reaches is described with the methods that mean something there. */
    @Test
    void each_route_is_described_and_what_is_described_is_a_route() {
        Set<Call> atWork = routes(manager.routeGroups(vertx));
        Set<Call> inSetup = routes(setup.routeGroups(vertx));

        assertThat(atWork).containsAll(described(operation -> !ofSetup(operation)));
        assertThat(inSetup).containsAll(described(operation -> ofSetup(operation) || ofBoth(operation)));
        Set<String> paths =
                described(operation -> true).stream().map(Call::path).collect(Collectors.toSet());
        assertThat(atWork).extracting(Call::path).isSubsetOf(paths);
        assertThat(inSetup).extracting(Call::path).isSubsetOf(paths);
        assertThat(atWork).hasSizeGreaterThan(40);
    }

    @Test
    void nothing_that_changes_something_answers_without_credentials() {
        Set<Call> opened = described(Operation::open);
        assertThat(opened.stream().filter(Call::changes).map(Call::path)).hasSameElementsAs(FOR_STRANGERS);
        assertRefused(manager, routes(manager.routeGroups(vertx)), opened);
        assertRefused(setup, routes(setup.routeGroups(vertx)), opened);
        assertRefused(manager, described(operation -> !ofSetup(operation)), opened);
    }

    /** Reading too, unless the description says that anybody may. */
    private void assertRefused(Role role, Set<Call> calls, Set<Call> opened) {
        for (Call call : calls) {
            boolean open = opened.contains(call) || opened.contains(new Call("GET", call.path()));
            if (!open) {
                assertThat(send(role, call, Optional.empty()).statusCode())
                        .as("%s", call)
                        .isIn(401, 403);
                assertThat(send(role, call, Optional.of("no token of ours")).statusCode())
                        .as("%s with a wrong token", call)
                        .isIn(401, 403);
            }
        }
    }

    /** The stream of pictures has no end to wait for. */
    @Test
    void everything_that_is_described_is_there() {
        for (Call call : described(operation -> !ofSetup(operation))) {
            if (!call.path().equals("/imagewatch")) {
                HttpResponse<Buffer> answer = send(manager, call, Optional.of(token));
                assertThat(answer.statusCode()).as("%s", call).isNotIn(405, 500);
                assertThat(String.valueOf(answer.bodyAsString())).as("%s", call).doesNotContain("There is nothing at");
            }
        }
    }
}

package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerRoleTest {

    private final Vertx vertx = Vertx.vertx();

    private final Path data;

    ServerRoleTest(@TempDir Path data) {
        this.data = data;
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void a_started_server_answers_and_keeps_its_token_for_the_owner_only() throws Exception {
        ServerRole server = await(ServerRole.start(vertx, config(data, "127.0.0.1:0")));

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            server.url().orElseThrow().resolve("/no-such-thing"))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        }
        assertThat(Files.getPosixFilePermissions(data.resolve("api-token"))).hasSize(2);
        await(server.stop());
        assertThat(await(server.ended())).isZero();
    }

    @Test
    void a_port_in_use_is_told_in_one_sentence() throws Exception {
        ServerRole first = await(ServerRole.start(vertx, config(data, "127.0.0.1:0")));
        int taken = first.url().orElseThrow().getPort();

        assertThatThrownBy(() -> await(ServerRole.start(vertx, config(data.resolve("other"), "127.0.0.1:" + taken))))
                .hasRootCauseInstanceOf(StartFailure.class)
                .rootCause()
                .hasMessageContaining("cannot listen on 127.0.0.1:" + taken)
                .hasMessageContaining("choose another port");
    }

    @Test
    void a_manager_with_the_secret_of_one_that_is_known_already_is_refused() throws Exception {
        await(await(ServerRole.start(vertx, withManager("5c0100000000000000000002", "Attic")))
                .stop());

        assertThatThrownBy(() -> await(ServerRole.start(vertx, withManager("5c0100000000000000000003", "Basement"))))
                .rootCause()
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("\"Basement\" in the settings has the secret of the Manager \"Attic\"")
                .hasMessageContaining("give it one of its own")
                .hasMessageNotContaining("a-secret");
    }

    private ServerConfig withManager(String id, String name) {
        JsonObject manager = new JsonObject().put("id", id).put("name", name).put("secret", "a-secret-of-some-length");
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("managers", new JsonArray().add(manager));
        return ServerConfig.read("test", yaml, data, Map.of());
    }

    private static ServerConfig config(Path data, String listen) {
        return ServerConfig.read("test", new JsonObject().put("listen", listen), data, Map.of());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}

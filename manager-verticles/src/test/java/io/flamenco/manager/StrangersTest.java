package io.flamenco.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.config.ManagerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Manager bears of those who are not logged in. */
class StrangersTest {

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);

    @SuppressWarnings("NullAway.Init")
    private ManagerRole manager;

    /** Not within a test, so that the first start in a Java of its own counts as no blocked thread. */
    @BeforeAll
    static void warmUp(@TempDir Path temporary) {
        Vertx vertx = Vertx.vertx();
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("ssdp_discovery", false);
        ManagerRole first =
                FarmUnderTest.await(ManagerRole.start(vertx, ManagerConfig.read("test", yaml, temporary, Map.of())));
        FarmUnderTest.await(first.stop());
        FarmUnderTest.await(vertx.close());
    }

    @AfterEach
    void stop() {
        FarmUnderTest.await(manager.stop());
        FarmUnderTest.await(vertx.close());
    }

    /** Linked, with a Server that is not there. */
    private ManagerRole start(JsonObject more) {
        JsonObject yaml = new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("ssdp_discovery", false)
                .put("flamenco", "http://127.0.0.1:1/")
                .put("manager_id", "5852bc5198377351f95d103e")
                .put("manager_secret", "of the manager")
                .mergeIn(more);
        return FarmUnderTest.await(ManagerRole.start(vertx, ManagerConfig.read("test", yaml, directory, Map.of())));
    }

    @Test
    void whoever_guesses_keys_has_to_wait() {
        manager = start(new JsonObject());
        URI there = manager.url().orElseThrow();
        int status = 401;
        for (int guess = 0; guess < 20 && status == 401; guess++) {
            status = FarmUnderTest.await(client.post(there.getPort(), there.getHost(), "/api/v1/login")
                            .sendJsonObject(new JsonObject().put("key", "guess")))
                    .statusCode();
        }

        assertThat(status).isEqualTo(429);
    }

    @Test
    void whoever_asks_too_fast_has_to_wait_and_nobody_else() {
        manager = start(new JsonObject().put("limits", new JsonObject().put("requests_per_second", 1)));
        URI there = manager.url().orElseThrow();
        HttpResponse<Buffer> answer = farm(there, "hasty");
        for (int i = 0; i < 100 && answer.statusCode() == 401; i++) {
            answer = farm(there, "hasty");
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.getHeader("Retry-After")).isEqualTo("1");
        assertThat(answer.bodyAsJsonObject().getString("detail")).contains("Too many requests");
        assertThat(farm(there, "patient").statusCode()).isEqualTo(401);
    }

    private HttpResponse<Buffer> farm(URI there, String token) {
        return FarmUnderTest.await(client.get(there.getPort(), there.getHost(), "/api/v1/farm")
                .bearerTokenAuthentication(token)
                .send());
    }

    @Test
    void security_can_be_switched_off() {
        manager = start(new JsonObject().put("user_authentication", new JsonObject().put("disableSecurity", true)));
        URI there = manager.url().orElseThrow();

        assertThat(FarmUnderTest.await(client.get(there.getPort(), there.getHost(), "/as-json")
                                .send())
                        .statusCode())
                .isEqualTo(200);
        assertThat(FarmUnderTest.await(client.get(there.getPort(), there.getHost(), "/jwt/token-urls")
                                .send())
                        .statusCode())
                .isEqualTo(404);
    }
}

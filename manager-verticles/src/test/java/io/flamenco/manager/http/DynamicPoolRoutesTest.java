package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.pools.FakeAzurePlatform;
import io.flamenco.manager.pools.PoolsVerticle;
import io.flamenco.shared.time.VertxTimers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynamicPoolRoutesTest {

    private static final String EMPTY_POOL = "fakeempty";

    private final HttpFixture http = new HttpFixture();
    private final WebClient client = WebClient.create(http.vertx);

    @AfterEach
    void end() {
        http.stop();
    }

    @Test
    void pools_are_listed_and_resized() {
        serveFakePools();
        await().until(() -> http.get("/api/v1/pools").text().contains(EMPTY_POOL));

        assertThat(resize(wish("Azure", EMPTY_POOL, 3), true)).isEqualTo(204);

        JsonObject platform =
                http.get("/api/v1/pools").json().getJsonArray("platforms").getJsonObject(0);
        assertThat(platform.getString("name")).isEqualTo("Azure");
        JsonObject pool = platform.getJsonObject("pools").getJsonObject(EMPTY_POOL);
        assertThat(pool.getString("ID")).isEqualTo(EMPTY_POOL);
        assertThat(pool.getString("allocationState")).isEqualTo("resizing");
        assertThat(pool.getJsonObject("desiredSize").getInteger("dedicatedNodes"))
                .isEqualTo(3);
        assertThat(pool.containsKey("resizeError")).isFalse();
    }

    @Test
    void wishes_that_cannot_be_fulfilled_are_refused() {
        serveFakePools();

        assertThat(resize(wish("GCP", EMPTY_POOL, 3), true)).isEqualTo(501);
        assertThat(resize(wish("local-process", EMPTY_POOL, 3), true)).isEqualTo(501);
        assertThat(resize(wish("Azure", "nothing", 3), true)).isEqualTo(409);
        assertThat(resize(wish("Azure", EMPTY_POOL, -1), true)).isEqualTo(400);
        assertThat(resize(Buffer.buffer("{"), true)).isEqualTo(400);
        assertThat(resize(Buffer.buffer("{}"), true)).isEqualTo(501);
        assertThat(resize(wish("Azure", EMPTY_POOL, 3), false)).isEqualTo(401);
    }

    @Test
    void without_platforms_there_are_no_pools() {
        http.serve(instance -> new DynamicPoolRoutes(http.bus, Set.of(), new BearerGate(HttpFixture.TOKEN)));

        assertThat(http.get("/api/v1/pools").json().getJsonArray("platforms")).isEmpty();
    }

    private void serveFakePools() {
        http.vertx
                .deployVerticle(new PoolsVerticle(
                        http.bus, new VertxTimers(http.vertx), Clock.systemUTC(), List.of(new FakeAzurePlatform())))
                .await();
        http.serve(instance -> new DynamicPoolRoutes(http.bus, Set.of("Azure"), new BearerGate(HttpFixture.TOKEN)));
    }

    private static Buffer wish(String platform, String pool, int nodes) {
        return new JsonObject()
                .put("platformName", platform)
                .put("poolID", pool)
                .put(
                        "desiredSize",
                        new JsonObject().put("dedicatedNodes", nodes).put("lowPriorityNodes", 0))
                .toBuffer();
    }

    private int resize(Buffer wish, boolean known) {
        HttpRequest<Buffer> request = client.post(http.port(), "localhost", "/dynamic-pool-resize")
                .putHeader("Content-Type", "application/json");
        if (known) {
            request.bearerTokenAuthentication(HttpFixture.TOKEN);
        }
        return request.sendBuffer(wish).await().statusCode();
    }
}

package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.images.ImageOrders;
import io.flamenco.manager.images.ImageOrders.Preview;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamPicturesVerticleTest {

    private static final TaskId TASK = new TaskId("5c0100000000000000000c01");
    private static final String OWN = "/api/flamenco/managers/" + FakeServer.MANAGER;
    private static final String PICTURE = "tasks/" + TASK + "/picture";

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeServer server = new FakeServer(vertx);
    private final LatestImageChanged picture = new LatestImageChanged("/x", TASK, "frame_0012.png", time.instant());

    @BeforeEach
    void start() {
        bus.answer(ImageOrders.PREVIEW, order -> Future.succeededFuture(new Preview(picture, Buffer.buffer("small"))));
        server.onManagerCall(
                PICTURE, request -> request.response().setStatusCode(204).end());
        vertx.deployVerticle(new UpstreamPicturesVerticle(bus, time, time, new ServerClient(vertx, server.link())))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private void serverTakes(String capabilities) {
        server.onPath(
                OWN,
                request -> request.response()
                        .putHeader("X-Flamenco-Capabilities", capabilities)
                        .end("{}"));
    }

    private void tickUntilRequests(int count) {
        await().untilAsserted(() -> {
            time.tick(Duration.ofSeconds(1));
            assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(count);
        });
    }

    @Test
    void a_server_of_ours_gets_each_new_picture_once() {
        serverTakes("worker-reports, pictures");

        bus.tell(Addresses.MANAGER_LATEST_IMAGE, picture);
        tickUntilRequests(2);

        assertThat(server.managerCalls(PICTURE)).hasSize(1);
        assertThat(server.managerCalls(PICTURE).getFirst().body()).hasToString("small");
        await().until(() -> time.waiting() == 1);
        time.tick(Duration.ofSeconds(5));
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void an_original_server_is_asked_and_gets_none() {
        serverTakes("");

        bus.tell(Addresses.MANAGER_LATEST_IMAGE, picture);
        tickUntilRequests(1);
        await().until(() -> time.waiting() == 1);
        time.tick(Duration.ofMinutes(4));

        assertThat(server.requests()).extracting(FakeServer.Request::path).containsExactly(OWN);
    }

    @Test
    void the_last_number_of_a_name_is_the_frame() {
        assertThat(UpstreamPicturesVerticle.frameOf("sq040_sh0130_v12.0421.exr"))
                .isEqualTo(OptionalInt.of(421));
        assertThat(UpstreamPicturesVerticle.frameOf("still.png")).isEqualTo(OptionalInt.empty());
    }
}

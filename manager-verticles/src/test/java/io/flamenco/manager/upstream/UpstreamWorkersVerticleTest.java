package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.RequestStatus;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamWorkersVerticleTest {

    private static final WorkerId ANA = new WorkerId("5c0100000000000000000a01");
    private static final WorkerId GONE = new WorkerId("5c0100000000000000000a02");
    private static final String OWN = "/api/flamenco/managers/" + FakeServer.MANAGER;

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeScheduler scheduler = new FakeScheduler(bus);
    private final FakeServer server = new FakeServer(vertx);
    private final List<RequestStatus> requested = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start_it() {
        scheduler.workers.add(new WorkerView(
                ANA,
                "ana",
                "10.0.0.1",
                "awake",
                "linux",
                null,
                null,
                time.instant(),
                List.of("sleep"),
                "3.0",
                "",
                null,
                "",
                false,
                SleepTimes.NONE,
                List.of()));
        bus.answer(WorkerOrders.REQUEST_STATUS, order -> {
            requested.add(order);
            return Future.succeededFuture(order.workerId().equals(ANA) ? Carried.OUT : new NoSuchWorker());
        });
        vertx.deployVerticle(new UpstreamWorkersVerticle(bus, time, time, new ServerClient(vertx, server.link())))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private void serverOfOurs(String orders) {
        server.onPath(
                OWN,
                request -> request.response()
                        .putHeader("X-Flamenco-Capabilities", "something, worker-reports")
                        .end("{}"));
        server.onManagerCall("worker-reports", FakeServer.json("{\"orders\":[" + orders + "]}"));
    }

    private List<JsonObject> reports() {
        return server.managerCalls("worker-reports").stream()
                .map(request -> new JsonObject(request.body()))
                .toList();
    }

    private void tickUntilReports(int count) {
        await().untilAsserted(() -> {
            time.tick(Duration.ofSeconds(1));
            assertThat(reports()).hasSizeGreaterThanOrEqualTo(count);
        });
    }

    @Test
    void a_server_of_ours_is_told_all_workers_and_then_only_that_nothing_changed() {
        serverOfOurs("");

        tickUntilReports(2);

        JsonObject worker = reports().getFirst().getJsonArray("workers").getJsonObject(0);
        assertThat(worker.getString("id")).isEqualTo(ANA.hex());
        assertThat(worker.getString("nickname")).isEqualTo("ana");
        assertThat(worker.getString("last_activity")).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(reports().get(1).containsKey("workers")).isFalse();
    }

    @Test
    void an_order_is_carried_out_once_and_acknowledged_until_the_server_has_heard_it() {
        String id = "5c0100000000000000000c01";
        serverOfOurs("{\"id\":\"" + id + "\",\"worker\":\"" + ANA + "\",\"status\":\"asleep\",\"lazy\":true}");

        tickUntilReports(2);

        assertThat(requested).containsExactly(new RequestStatus(ANA, "asleep", true));
        assertThat(reports().get(1).getJsonArray("outcomes").getJsonObject(0))
                .isEqualTo(new JsonObject().put("id", id).put("accepted", true).put("message", ""));
    }

    @Test
    void an_order_for_a_worker_that_is_gone_is_refused_with_the_reason() {
        serverOfOurs("{\"id\":\"5c0100000000000000000c01\",\"worker\":\"" + GONE
                + "\",\"status\":\"asleep\",\"lazy\":false}");

        tickUntilReports(2);

        JsonObject outcome = reports().get(1).getJsonArray("outcomes").getJsonObject(0);
        assertThat(outcome.getBoolean("accepted")).isFalse();
        assertThat(outcome.getString("message")).contains("no such Worker");
    }

    @Test
    void after_a_failure_everything_is_told_again() {
        serverOfOurs("");
        tickUntilReports(1);
        server.onManagerCall("worker-reports", FakeServer.status(503));
        tickUntilReports(2);

        serverOfOurs("");
        tickUntilReports(3);

        assertThat(reports().get(2).containsKey("workers")).isTrue();
    }
}

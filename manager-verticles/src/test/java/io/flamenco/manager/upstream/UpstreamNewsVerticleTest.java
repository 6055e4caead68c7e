package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamNewsVerticleTest {

    private static final String OWN = "/api/flamenco/managers/" + FakeServer.MANAGER;

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeServer server = new FakeServer(vertx);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start_it() {
        bus.answer(UpstreamOrders.FETCH_TASKS, order -> note("fetch"));
        bus.answer(UpstreamOrders.REPORT_WORKERS, order -> note("report"));
        vertx.deployVerticle(new UpstreamNewsVerticle(bus, time, time, new ServerClient(vertx, server.link())))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private Future<Done> note(String order) {
        asked.add(order);
        return Future.succeededFuture(Done.DONE);
    }

    private void serverThatTells(String mark, String... news) {
        server.onPath(
                OWN,
                request -> request.response()
                        .putHeader("X-Flamenco-Capabilities", "news")
                        .end("{}"));
        String list = news.length == 0 ? "" : "\"" + String.join("\",\"", news) + "\"";
        server.onManagerCall("news", FakeServer.json("{\"mark\":\"" + mark + "\",\"news\":[" + list + "]}"));
    }

    private List<FakeServer.Request> questions() {
        return server.managerCalls("news");
    }

    private void tickUntilQuestions(int count) {
        await().untilAsserted(() -> {
            time.tick(Duration.ofSeconds(1));
            assertThat(questions()).hasSizeGreaterThanOrEqualTo(count);
        });
    }

    @Test
    void what_is_new_is_fetched_by_those_who_fetch_it() {
        serverThatTells("a-1", "tasks", "something of a later version", "requests", "workers");

        tickUntilQuestions(1);

        await().untilAsserted(() -> assertThat(asked).containsOnly("fetch", "report"));
        assertThat(questions().getFirst().headers().get("Prefer")).isEqualTo("wait=20");
    }

    @Test
    void the_next_question_goes_on_from_the_last_answer() {
        serverThatTells("a-17");

        tickUntilQuestions(2);

        assertThat(questions()).extracting(FakeServer.Request::query).startsWith("after=", "after=a-17");
        assertThat(asked).isEmpty();
    }

    @Test
    void while_a_question_waits_no_other_is_asked() {
        serverThatTells("a-1");
        server.onManagerCall("news", FakeServer.silence());
        tickUntilQuestions(1);

        time.tick(Duration.ofMinutes(1));

        assertThat(questions()).hasSize(1);
    }
}

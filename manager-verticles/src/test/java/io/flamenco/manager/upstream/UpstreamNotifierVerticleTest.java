package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.scheduler.SchedulerFacts;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.Notification.Value;
import io.flamenco.shared.wire.Notification.Variable;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamNotifierVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeScheduler scheduler = new FakeScheduler(bus);
    private final FakeServer server = new FakeServer(vertx);

    @BeforeEach
    void start_it() {
        server.onManagerCall("startup", FakeServer.status(204)).onManagerCall("update", FakeServer.status(204));
        Map<String, Variable> variables =
                Map.of("render", new Variable("twoway", List.of(new Value("all", "linux", null, "/render"))));
        ManagerPortrait portrait = new ManagerPortrait(bus, () -> "http://manager:8080/", variables);
        vertx.deployVerticle(new UpstreamNotifierVerticle(bus, time, portrait, new ServerClient(vertx, server.link())))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    void server_is_told_once_that_the_manager_started() {
        time.tick(Duration.ofMillis(100));

        await().untilAsserted(() -> assertThat(calls("startup")).isEqualTo(1));
        time.tick(Duration.ofMinutes(10));
        assertThat(calls("startup")).isEqualTo(1);
        assertThat(new JsonObject(server.managerCalls("startup").getFirst().body()))
                .isEqualTo(new JsonObject("""
                                {"_meta":{"version":2},"manager_url":"http://manager:8080/","nr_of_workers":0,"worker_task_types":[],
                                 "variables":{"render":{"direction":"twoway","values":[{"audience":"all","platform":"linux","value":"/render"}]}}}"""));
    }

    @Test
    void start_is_told_again_every_half_minute_until_the_server_takes_it() {
        // Given
        server.onManagerCall("startup", FakeServer.status(503));
        time.tick(Duration.ofMillis(100));
        await().until(() -> calls("startup") == 1 && time.waiting() == 1);

        // When
        server.onManagerCall("startup", FakeServer.status(204));
        time.tick(Duration.ofSeconds(29));
        assertThat(calls("startup")).isEqualTo(1);
        time.tick(Duration.ofSeconds(1));

        // Then
        await().untilAsserted(() -> assertThat(calls("startup")).isEqualTo(2));
    }

    @Test
    void changed_task_types_are_told_with_all_types_of_all_workers() {
        scheduler.workers.addAll(List.of(worker("sleep", "blender-render"), worker("sleep", "debug")));

        change();

        await().untilAsserted(() -> assertThat(calls("update")).isEqualTo(1));
        JsonObject told =
                new JsonObject(server.managerCalls("update").getFirst().body());
        assertThat(told.getInteger("nr_of_workers")).isEqualTo(2);
        assertThat(told.getJsonArray("worker_task_types")).containsExactly("blender-render", "debug", "sleep");
    }

    @Test
    void change_during_a_failed_try_is_told_with_the_next_one() {
        // Given
        server.onManagerCall("update", FakeServer.status(500));
        change();
        await().until(() -> calls("update") == 1 && time.waiting() == 2);
        scheduler.workers.add(worker("late"));
        change();

        // When
        server.onManagerCall("update", FakeServer.status(204));
        time.tick(Duration.ofSeconds(10));

        // Then
        await().untilAsserted(() -> assertThat(calls("update")).isEqualTo(2));
        assertThat(server.managerCalls("update").getLast().body().toString()).contains("late");
    }

    private void change() {
        bus.tell(SchedulerFacts.TASK_TYPES_CHANGED, new SchedulerFacts.TaskTypesChanged(time.instant()));
    }

    private int calls(String call) {
        return server.managerCalls(call).size();
    }

    private static WorkerView worker(String... taskTypes) {
        return new WorkerView(
                WorkerId.next(),
                "w",
                "host",
                "awake",
                "linux",
                null,
                null,
                null,
                List.of(taskTypes),
                "",
                "",
                null,
                "",
                false,
                SleepTimes.NONE,
                List.of());
    }
}

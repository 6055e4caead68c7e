package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.tasklog.LogPaths;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.PushResponse.WantedLog;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamPusherVerticleTest {

    private static final JobId JOB = new JobId("5c0165dc494ba92dc0552a00");
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeScheduler scheduler = new FakeScheduler(bus);
    private final FakeServer server = new FakeServer(vertx);

    /** What the Server remembers and wants. */
    private final List<UpdateId> applied = new CopyOnWriteArrayList<>();

    private final Set<TaskId> toCancel = ConcurrentHashMap.newKeySet();
    private final Set<WantedLog> toSend = ConcurrentHashMap.newKeySet();
    private final Set<UpdateId> poison = ConcurrentHashMap.newKeySet();
    private final Set<UpdateId> never = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path logs;

    @BeforeEach
    void start_it() {
        server.onManagerCall("task-update-batch", this::onBatch);
        ServerClient client = new ServerClient(vertx, server.link());
        PushTiming timing = new PushTiming(Duration.ofSeconds(5), 4, Duration.ofSeconds(10));
        vertx.deployVerticle(new UpstreamPusherVerticle(
                        bus, time, time, new Random(1), timing, client, new LogUploads(vertx, logs, client)))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    void first_push_goes_out_at_once_even_when_empty() {
        time.tick(Duration.ZERO);

        awaitPushes(1);
        assertThat(server.requests().getFirst().body()).hasToString("[]");
    }

    @Test
    void updates_wait_for_the_interval_and_go_in_order() {
        // Given
        firstPush();
        List<TaskUpdate> updates = List.of(queued(), queued(), queued());

        // When
        tickSeconds(4);
        assertThat(pushes()).isEqualTo(1);
        tickSeconds(1);

        // Then
        awaitPushes(2);
        await().untilAsserted(() -> assertThat(scheduler.outbox).isEmpty());
        assertThat(applied)
                .containsExactlyElementsOf(updates.stream().map(TaskUpdate::id).toList());
    }

    @Test
    void full_batch_does_not_wait_and_what_is_left_follows_at_once() {
        firstPush();
        for (int n = 0; n < 9; n++) {
            queued();
        }

        tickSeconds(1);

        await().untilAsserted(() -> assertThat(scheduler.outbox).isEmpty());
        assertThat(applied).hasSize(9);
    }

    @Test
    void empty_push_asks_what_to_cancel() {
        // Given
        firstPush();
        TaskId task = TaskId.next();
        toCancel.add(task);

        // When
        tickSeconds(10);

        // Then
        await().untilAsserted(() -> assertThat(scheduler.cancelled).contains(task));
    }

    @Test
    void kick_pushes_at_once() {
        firstPush();

        bus.ask(UpstreamOrders.PUSH_UPDATES, new UpstreamOrders.PushUpdates()).await();

        awaitPushes(2);
    }

    @Test
    void server_that_fails_is_tried_less_and_less_often_until_it_answers_again() {
        // Given
        server.onManagerCall("task-update-batch", FakeServer.status(500));
        queued();

        // When
        time.tick(Duration.ZERO);
        tickSeconds(120);

        // Then
        assertThat(pushes()).isBetween(5, 12);
        assertThat(state().trouble()).contains("500");
        assertThat(scheduler.refused).isEmpty();

        server.onManagerCall("task-update-batch", this::onBatch);
        tickSeconds(61);
        await().untilAsserted(() -> assertThat(scheduler.outbox).isEmpty());
        assertThat(state().trouble()).isEmpty();
    }

    @Test
    void update_that_the_server_cannot_stand_is_found_and_does_not_hold_up_the_others() {
        // Given
        firstPush();
        queued();
        queued();
        TaskUpdate bad = queued();
        queued();
        poison.add(bad.id());

        // When
        tickSeconds(60);

        // Then
        await().untilAsserted(() -> assertThat(scheduler.refused).contains(bad.id()));
        assertThat(scheduler.refused).containsOnly(bad.id());
        assertThat(applied).hasSize(2);
    }

    @Test
    void update_that_the_server_never_handles_is_named_to_the_scheduler_as_refused() {
        // Given
        firstPush();
        TaskUpdate foreign = queued();
        TaskUpdate good = queued();
        never.add(foreign.id());

        // When
        tickSeconds(5);

        // Then
        await().untilAsserted(() -> assertThat(scheduler.refused).contains(foreign.id()));
        assertThat(scheduler.outbox).containsExactly(foreign);
        assertThat(applied).containsExactly(good.id());
    }

    @Test
    void wanted_log_is_sent_and_one_that_does_not_exist_is_sent_as_a_placeholder() throws IOException {
        // Given
        WantedLog existing = new WantedLog(JOB, TaskId.next());
        WantedLog missing = new WantedLog(JOB, TaskId.next());
        Path file = new LogPaths(logs).current(existing.job(), existing.task());
        Files.createDirectories(file.getParent());
        Files.writeString(file, "the log\n");
        toSend.addAll(Set.of(existing, missing));
        acceptUpload(existing);
        acceptUpload(missing);

        // When
        time.tick(Duration.ZERO);

        // Then
        await().untilAsserted(() -> assertThat(toSend).isEmpty());
        assertThat(server.managerCalls("attach-task-log/" + existing.task())).hasSize(1);
        assertThat(server.managerCalls("attach-task-log/" + missing.task())).hasSize(1);
    }

    @Test
    void log_that_could_not_be_sent_is_sent_when_the_server_asks_again() {
        // Given
        WantedLog log = new WantedLog(JOB, TaskId.next());
        toSend.add(log);
        server.onManagerCall("attach-task-log/" + log.task(), FakeServer.status(500));
        firstPush();
        await().untilAsserted(() ->
                assertThat(server.managerCalls("attach-task-log/" + log.task())).hasSize(1));

        // When
        acceptUpload(log);

        // Then
        await().untilAsserted(() -> {
            tickSeconds(10);
            assertThat(toSend).isEmpty();
        });
    }

    private void onBatch(HttpServerRequest request) {
        TaskUpdate[] updates = WireJson.read(server.requests().getLast().body(), TaskUpdate[].class);
        List<UpdateId> ids = List.of(updates).stream().map(TaskUpdate::id).toList();
        if (ids.stream().anyMatch(poison::contains)) {
            request.response().setStatusCode(400).end();
            return;
        }
        List<UpdateId> handled = ids.stream().filter(id -> !never.contains(id)).toList();
        applied.addAll(handled);
        PushResponse response = new PushResponse(handled.size(), handled, List.copyOf(toCancel), List.copyOf(toSend));
        request.response().end(WireJson.write(response));
    }

    private void acceptUpload(WantedLog log) {
        server.onManagerCall("attach-task-log/" + log.task(), request -> {
            toSend.remove(log);
            request.response().setStatusCode(201).end();
        });
    }

    private TaskUpdate queued() {
        TaskUpdate update = new TaskUpdate(
                UpdateId.next(), TaskId.next(), "active", time.instant(), "", 0, 0, 0, 0, "", "", List.of(), null);
        scheduler.outbox.add(update);
        return update;
    }

    private void firstPush() {
        time.tick(Duration.ZERO);
        awaitPushes(1);
        await().until(() -> state().lastPush() != null);
    }

    /** Lets each look of the verticle end before the next second passes. */
    private void tickSeconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> time.waiting() == 1);
            time.tick(LOOK);
        }
    }

    private UpstreamOrders.Pushed state() {
        return bus.ask(UpstreamOrders.PUSH_STATE, new UpstreamOrders.PushState())
                .await();
    }

    private int pushes() {
        return server.managerCalls("task-update-batch").size();
    }

    private void awaitPushes(int count) {
        await().untilAsserted(() -> assertThat(pushes()).isGreaterThanOrEqualTo(count));
    }
}

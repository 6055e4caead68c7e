package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.scheduler.SchedulerFacts;
import io.flamenco.manager.scheduler.SchedulerOrders.Changed;
import io.flamenco.manager.scheduler.SchedulerOrders.Fresh;
import io.flamenco.manager.scheduler.SchedulerOrders.Gone;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskInLine;
import io.flamenco.manager.store.DownloadCursor;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpstreamFetcherVerticleTest {

    private static final String CURSOR = "2026-11-22T00:21:53.864687+00:00";

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final FakeScheduler scheduler = new FakeScheduler(bus);
    private final FakeServer server = new FakeServer(vertx);
    private final FarmDatabase database = FarmDatabase.forTest(vertx).await();
    private final DownloadCursor cursor = new DownloadCursor(database.client());

    @BeforeEach
    void start_it() {
        server.onManagerCall("depsgraph", FakeServer.status(304));
        DownloadTiming timing = new DownloadTiming(Duration.ofMinutes(10), Duration.ofSeconds(10));
        ServerClient client = new ServerClient(vertx, server.link());
        vertx.deployVerticle(new UpstreamFetcherVerticle(bus, time, time, new Random(1), timing, client, cursor))
                .await();
    }

    @AfterEach
    void end() {
        database.close().await();
        vertx.close().await();
    }

    @Test
    void tasks_are_downloaded_at_start_and_the_cursor_is_stored_after_they_are_merged() {
        // Given
        server.onManagerCall("depsgraph", request -> tasks(request, 3));

        // When
        firstRound();

        // Then
        await().untilAsserted(() -> assertThat(cursor.read().await()).contains(CURSOR));
        assertThat(scheduler.merged).containsExactly(Tasks.task(0), Tasks.task(1), Tasks.task(2));
    }

    @Test
    void next_download_begins_where_the_last_whole_one_ended() {
        cursor.store(CURSOR).await();

        firstRound();

        assertThat(server.managerCalls("depsgraph").getFirst().headers().get("X-Flamenco-If-Updated-Since"))
                .isEqualTo(CURSOR);
    }

    @Test
    void cursor_stays_when_the_download_breaks_off() {
        server.onManagerCall(
                "depsgraph",
                request -> request.response()
                        .putHeader("X-Flamenco-Last-Updated", CURSOR)
                        .end("{\"depsgraph\":[{\"_id\":\"5c010000000000000000"));

        firstRound();

        assertThat(cursor.read().await()).isEqualTo(Optional.empty());
    }

    @Test
    void download_comes_round_after_the_period() {
        firstRound();

        tickSeconds(599);
        assertThat(downloads()).isEqualTo(1);
        tickSeconds(2);

        awaitDownloads(2);
    }

    @Test
    void failed_download_is_tried_again_soon_and_then_less_often() {
        server.onManagerCall("depsgraph", FakeServer.status(500));

        firstRound();
        tickSeconds(120);

        assertThat(downloads()).isBetween(4, 7);
    }

    @Test
    void order_downloads_at_once() {
        firstRound();

        bus.ask(UpstreamOrders.FETCH_TASKS, new UpstreamOrders.FetchTasks()).await();

        awaitDownloads(2);
    }

    @Test
    void worker_that_found_nothing_causes_a_download_but_not_more_often_than_the_throttle_allows() {
        // Given
        firstRound();

        // When
        for (int n = 0; n < 15; n++) {
            bus.tell(SchedulerFacts.NOTHING_LEFT, new SchedulerFacts.NothingLeft(time.instant()));
            tickSeconds(1);
        }

        // Then
        awaitDownloads(3);
        assertThat(downloads()).isEqualTo(3);
    }

    @Test
    void tasks_next_in_line_are_compared_with_the_servers() {
        // Given
        for (int n = 0; n < 4; n++) {
            scheduler.line.add(new TaskInLine(Tasks.id(n), "etag-" + n));
        }
        server.onPath("/api/flamenco/tasks/" + Tasks.id(0), FakeServer.status(304));
        server.onPath("/api/flamenco/tasks/" + Tasks.id(1), FakeServer.status(404));
        server.onPath("/api/flamenco/tasks/" + Tasks.id(2), FakeServer.status(403));
        server.onPath(
                "/api/flamenco/tasks/" + Tasks.id(3),
                FakeServer.json("{\"_id\":\"" + Tasks.id(3) + "\",\"status\":\"canceled\"}"));

        // When
        firstRound();
        tickSeconds(1);

        // Then
        await().untilAsserted(() -> assertThat(scheduler.compared).hasSize(4));
        assertThat(found(0)).isInstanceOf(Fresh.class);
        assertThat(found(1)).isInstanceOf(Gone.class);
        assertThat(found(2)).isInstanceOf(Fresh.class);
        assertThat(found(3))
                .isInstanceOfSatisfying(
                        Changed.class,
                        changed -> assertThat(changed.task().status()).isEqualTo("canceled"));
    }

    @Test
    void server_that_cannot_tell_is_left_alone_for_a_while() {
        scheduler.line.add(new TaskInLine(Tasks.id(0), "etag"));
        server.onPath("/api/flamenco/tasks/" + Tasks.id(0), FakeServer.status(500));

        firstRound();
        tickSeconds(60);

        assertThat(scheduler.compared).hasSizeBetween(4, 7);
    }

    private Object found(int number) {
        return scheduler.compared.stream()
                .filter(compared -> compared.taskId().equals(Tasks.id(number)))
                .map(ReChecked::found)
                .findFirst()
                .orElseThrow();
    }

    private static void tasks(HttpServerRequest request, int count) {
        request.response().putHeader("X-Flamenco-Last-Updated", CURSOR).end(Tasks.depsgraph(count));
    }

    private void firstRound() {
        time.tick(Duration.ZERO);
        awaitDownloads(1);
        awaitRound();
    }

    private void tickSeconds(int seconds) {
        for (int second = 0; second < seconds; second++) {
            time.tick(Duration.ofSeconds(1));
            awaitRound();
        }
    }

    /** Both of the verticle's timers wait again. */
    private void awaitRound() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> time.waiting() == 2);
    }

    private int downloads() {
        return server.managerCalls("depsgraph").size();
    }

    private void awaitDownloads(int count) {
        await().untilAsserted(() -> assertThat(downloads()).isGreaterThanOrEqualTo(count));
    }
}

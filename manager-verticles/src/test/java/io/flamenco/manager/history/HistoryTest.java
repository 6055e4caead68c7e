package io.flamenco.manager.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.FarmUnderTest;
import io.flamenco.manager.domain.Sample;
import io.flamenco.manager.domain.Span;
import io.flamenco.manager.domain.WorkerDay;
import io.flamenco.manager.history.HistoryOrders.FarmLoad;
import io.flamenco.manager.history.HistoryOrders.WorkerDays;
import io.flamenco.manager.store.HistoryStore;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.ManagerFacts.TaskStatusChanged;
import io.flamenco.shared.bus.ManagerFacts.WorkerStatusChanged;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Instant EIGHT = FarmUnderTest.START;
    private static final TaskId FRAME = new TaskId("5c0300000000000000000001");

    private final FarmUnderTest farm = new FarmUnderTest();
    private final HistoryStore store = new HistoryStore(farm.database().client());
    private WorkerId worker = new WorkerId("5c0400000000000000000001");
    private String deployed = "";

    @BeforeEach
    void start() {
        deployed = farm.vertx
                .deployVerticle(new HistoryVerticle(farm.bus, store, farm.time, farm.time))
                .await();
    }

    @AfterEach
    void end() {
        farm.close();
    }

    @Test
    void what_a_worker_did_is_a_row_of_spans_without_overlap() {
        status("", "awake", EIGHT);
        taskIs("active", EIGHT.plusSeconds(10));
        status("awake", "awake", EIGHT.plusSeconds(15));
        taskIs("soft-failed", EIGHT.plusSeconds(70));
        status("awake", "asleep", EIGHT.plusSeconds(100));

        await().untilAsserted(() -> assertThat(spans(EIGHT))
                .containsExactly(
                        new Span(EIGHT, EIGHT.plusSeconds(10), "awake", null, "", ""),
                        new Span(EIGHT.plusSeconds(10), EIGHT.plusSeconds(70), "task", FRAME, "frame 1", "soft-failed"),
                        new Span(EIGHT.plusSeconds(70), EIGHT.plusSeconds(100), "awake", null, "", ""),
                        new Span(EIGHT.plusSeconds(100), null, "asleep", null, "", "")));
        assertThat(spans(EIGHT.plusSeconds(80))).hasSize(2);
    }

    @Test
    void each_minute_is_counted_and_all_of_it_survives_a_restart() {
        worker = farm.worker("brasa-1", "sleep").id;
        tick(Duration.ofSeconds(2));
        tick(Duration.ofMinutes(1));
        assertThat(samples()).hasSize(2);

        farm.vertx.undeploy(deployed).await();
        start();

        assertThat(samples()).extracting(Sample::known).containsExactly(1, 1);
        assertThat(spans(EIGHT)).isNotEmpty();
    }

    @Test
    void what_is_older_than_a_day_is_forgotten() {
        tick(Duration.ofSeconds(2));
        assertThat(samples()).hasSize(1);
        farm.time.tick(Duration.ofHours(25));

        await().untilAsserted(() -> {
            farm.time.tick(Duration.ofMinutes(1));
            assertThat(samples()).isNotEmpty().allMatch(sample -> sample.at().isAfter(EIGHT));
            assertThat(store.samples(Instant.EPOCH).await())
                    .isNotEmpty()
                    .allMatch(sample -> sample.at().isAfter(EIGHT));
        });
    }

    @Test
    void only_the_newest_spans_of_a_busy_worker_are_kept() {
        WorkerDay day = new WorkerDay(List.of());
        for (int second = 0; second < 1000; second++) {
            day.status(second % 2 == 0 ? "awake" : "asleep", EIGHT.plusSeconds(second));
        }

        assertThat(day.since(EIGHT)).hasSize(WorkerDay.MOST_SPANS).last().matches(span -> span.until() == null);
    }

    /** Lets so much time pass, and what falls due come to its end: what was seen is stored, and the next look is planned. */
    private void tick(Duration duration) {
        int planned = farm.time.waiting();
        farm.time.tick(duration);
        await().until(() -> farm.time.waiting() == planned);
    }

    private void status(String before, String now, Instant at) {
        farm.bus.tell(
                Addresses.MANAGER_WORKER_STATUS_CHANGED,
                new WorkerStatusChanged(worker, "brasa-1", before, now, "", at));
    }

    private void taskIs(String status, Instant at) {
        farm.bus.tell(
                Addresses.MANAGER_TASK_STATUS_CHANGED,
                new TaskStatusChanged(FRAME, null, "frame 1", "", status, worker, "brasa-1", "", 0, at));
    }

    private List<Sample> samples() {
        return farm.bus.ask(HistoryOrders.FARM_LOAD, new FarmLoad()).await().samples();
    }

    private List<Span> spans(Instant since) {
        return farm.bus
                .ask(HistoryOrders.WORKER_DAYS, new WorkerDays(List.of(worker), since))
                .await()
                .spans()
                .getOrDefault(worker, List.of());
    }
}

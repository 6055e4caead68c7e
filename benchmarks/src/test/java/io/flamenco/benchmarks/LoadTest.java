package io.flamenco.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.farm.TaskSupply;
import io.flamenco.benchmarks.load.Crew;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Tally;
import io.flamenco.benchmarks.load.Turns;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int TASKS = 500;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final FakeManager manager = Pause.until(FakeManager.start(vertx, TASKS), PATIENCE, "Starting");
    private final Tally tally = new Tally();

    @AfterEach
    void close() {
        Pause.until(vertx.close(), PATIENCE, "Closing");
    }

    @Test
    void every_task_is_completed_once_by_the_worker_that_got_it() {
        // Given
        AtomicInteger completions = new AtomicInteger();
        List<SimulatedWorker> workers = register(FakeManager.JOIN_SECRET, 40);

        // When
        Load load = new Load(vertx, workers, new Turns(vertx, tally).cycle(completions::incrementAndGet));
        await().atMost(PATIENCE).until(() -> completions.get() == TASKS);
        Pause.until(load.stop(), PATIENCE, "Stopping");

        // Then
        assertThat(workers).hasSize(40);
        assertThat(manager.mistakes).isEmpty();
        assertThat(manager.completed).hasSize(TASKS).doesNotHaveDuplicates();
        Tally.Snapshot counted = tally.reset();
        assertThat(counted.count(Turns.CYCLE)).isEqualTo(TASKS);
        assertThat(counted.count(Turns.TASK)).isEqualTo(TASKS);
        assertThat(counted.oddities().keySet()).allMatch(odd -> odd.equals("POST /task → 204 (nothing to do)"));
    }

    @Test
    void a_refused_call_is_counted_and_the_worker_goes_on() {
        SimulatedWorker worker = register(FakeManager.JOIN_SECRET, 1).getFirst();

        Load load = new Load(
                vertx, List.of(worker), new Turns(vertx, tally).call("update", 204, anyone -> anyone.update("{}")));
        await().atMost(PATIENCE).until(() -> manager.mistakes.size() >= 2);
        Pause.until(load.stop(), PATIENCE, "Stopping");

        assertThat(tally.reset().odd()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_wrong_registration_secret_is_named() {
        assertThatThrownBy(() -> register("wrong", 1))
                .hasMessageContaining("403")
                .hasMessageContaining("--secret");
    }

    private List<SimulatedWorker> register(String secret, int count) {
        Crew crew = new Crew(vertx, vertx.createNetClient(), manager.url(), secret, Clock.systemUTC());
        return Pause.until(crew.register(count, TaskSupply.TASK_TYPES), PATIENCE, "Registering");
    }
}

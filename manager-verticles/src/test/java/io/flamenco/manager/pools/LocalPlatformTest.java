package io.flamenco.manager.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.config.ManagerConfig.LocalPool;
import io.flamenco.manager.pools.blocking.WorkerProcesses;
import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlatformTest {

    private static final Duration TICK = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final AtomicInteger tasks = new AtomicInteger();
    private List<String> program = PatientProcess.command();
    private WorkerProcesses processes;
    private LocalPlatform pool;

    @BeforeEach
    void start() {
        processes = new WorkerProcesses(directory, Map.of());
        pool = new LocalPlatform(
                vertx,
                time,
                time,
                new LocalPool(0, 2, true, Duration.ofMinutes(5)),
                processes,
                () -> program,
                () -> Future.succeededFuture(tasks.get()));
        join(pool.start());
    }

    @AfterEach
    void stop() {
        join(pool.stop());
        join(vertx.close());
    }

    @Test
    void workers_come_with_the_work_and_go_when_there_has_been_none_for_a_while() {
        tasks.set(7);
        tickUntil(2);

        tasks.set(0);
        time.tick(TICK);
        assertThat(processes.count()).isEqualTo(2);

        time.tick(Duration.ofMinutes(6));
        tickUntil(0);
    }

    @Test
    void people_set_how_many_there_are_within_the_bound() {
        join(pool.resize("local", new PoolSize(1, 0)));
        assertThat(processes.count()).isEqualTo(1);
        assertThat(join(pool.pools()).getFirst().currentSize()).isEqualTo(new PoolSize(1, 0));

        assertThatThrownBy(() -> join(pool.resize("local", new PoolSize(3, 0)))).hasMessageContaining("max_workers");
        assertThatThrownBy(() -> join(pool.resize("local", new PoolSize(1, 1)))).hasMessageContaining("dedicated");
        assertThatThrownBy(() -> join(pool.resize("other", new PoolSize(1, 0)))).hasMessageContaining("other");
        assertThat(processes.count()).isEqualTo(1);
    }

    @Test
    void worker_that_fails_is_told_of_and_not_started_again_at_once() {
        program = List.of("/bin/sh", "-c", "exit 3", "x");
        join(pool.resize("local", new PoolSize(1, 0)));

        await().until(() -> {
            time.tick(Duration.ofSeconds(1));
            join(pool.resize("local", new PoolSize(1, 0)));
            return join(pool.pools()).getFirst().resizeError() != null;
        });
        assertThat(join(pool.pools()).getFirst().resizeError()).contains("ended with 3");
        assertThat(processes.count()).isZero();
    }

    @Test
    void workers_end_with_the_manager_also_when_it_is_killed() throws Exception {
        List<String> command = new ArrayList<>(PatientProcess.command());
        command.addAll(List.of("starter", directory.toString()));
        Process manager = new ProcessBuilder(command).start();
        List<ProcessHandle> workers = new ArrayList<>();
        try (BufferedReader out = manager.inputReader()) {
            for (int i = 0; i < 2; i++) {
                workers.add(ProcessHandle.of(Long.parseLong(String.valueOf(out.readLine())))
                        .orElseThrow());
            }
        } finally {
            manager.destroyForcibly();
        }

        assertThat(workers).hasSize(2);
        await().until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The work of a tick goes on on another thread. */
    private void tickUntil(int count) {
        await().until(() -> {
            time.tick(TICK);
            return processes.count() == count;
        });
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }
}

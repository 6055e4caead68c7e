package io.flamenco.manager.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.housekeeping.blocking.LogShelf;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.FoundTask;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskView;
import io.flamenco.manager.tasklog.LogPaths;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real log files, and a scheduler that knows the statuses of some tasks. */
class LogRetentionTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final JobId JOB = new JobId("5852bc5198377351f95d103e");

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(NOON);
    private final Map<TaskId, String> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void know_tasks() {
        bus.answer(SchedulerOrders.FIND_TASK, order -> {
            asked.incrementAndGet();
            String status = statuses.get(order.taskId());
            return Future.succeededFuture(new FoundTask(status == null ? null : task(order.taskId(), status)));
        });
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private static TaskView task(TaskId id, String status) {
        return new TaskView(id, JOB, "task", status, "sleep", 50, 50, null, "", "", 0, NOON);
    }

    private static TaskId id(int number) {
        return new TaskId(String.format("5852bc5198377351f95d%04d", number));
    }

    /** A log of 100 bytes that last grew so many days ago. */
    private Path log(int task, int days) throws IOException {
        return file(new LogPaths(directory).current(JOB, id(task)), days);
    }

    private static Path file(Path file, int days) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x".repeat(100));
        return Files.setLastModifiedTime(file, FileTime.from(NOON.minus(Duration.ofDays(days))));
    }

    private void tidyUp(Duration maxAge, long mostBytes) {
        vertx.deployVerticle(new LogRetentionVerticle(
                        bus, time, time, new LogShelf(directory), new LogRetention(maxAge, mostBytes)))
                .await();
        time.tick(Duration.ofMinutes(7));
    }

    @Test
    void logs_that_did_not_grow_for_too_long_go_with_all_that_was_put_aside_of_them() throws IOException {
        Path old = log(1, 91);
        Path aside = file(old.resolveSibling(old.getFileName() + ".1"), 95);
        Path packed = file(LogPaths.compressed(old), 92);
        Path young = log(2, 89);

        tidyUp(Duration.ofDays(90), 0);

        await().untilAsserted(() -> assertThat(old).doesNotExist());
        await().untilAsserted(() -> assertThat(aside).doesNotExist());
        await().untilAsserted(() -> assertThat(packed).doesNotExist());
        assertThat(young).exists();
    }

    @Test
    void logs_of_tasks_that_are_not_over_stay_however_old_they_are() throws IOException {
        Path running = log(1, 100);
        Path waiting = log(2, 100);
        Path completed = log(3, 100);
        statuses.putAll(Map.of(id(1), "active", id(2), "soft-failed", id(3), "completed"));

        tidyUp(Duration.ofDays(90), 0);

        await().untilAsserted(() -> assertThat(completed).doesNotExist());
        assertThat(running).exists();
        assertThat(waiting).exists();
    }

    @Test
    void when_all_are_too_large_the_oldest_go_that_may() throws IOException {
        Path running = log(1, 5);
        Path oldest = log(2, 4);
        Path older = log(3, 3);
        Path newest = log(4, 2);
        statuses.put(id(1), "active");

        tidyUp(Duration.ZERO, 250);

        await().untilAsserted(() -> assertThat(older).doesNotExist());
        assertThat(oldest).doesNotExist();
        assertThat(running).exists();
        assertThat(newest).exists();
    }

    @Test
    void empty_directories_go_and_everything_that_is_no_log_stays() throws IOException {
        Path gone = file(new LogPaths(directory).current(new JobId("aaaabc5198377351f95d103e"), id(1)), 100);
        Path note = file(directory.resolve("job-5852").resolve(JOB.hex()).resolve("task-notes.txt"), 100);
        Path elsewhere = file(directory.resolve("task-5852bc5198377351f95d0001.txt"), 100);
        Path outside = file(directory.resolve("outside").resolve("task-5852bc5198377351f95d0001.txt"), 100);
        Files.createSymbolicLink(directory.resolve("job-link"), directory.resolve("outside"));

        tidyUp(Duration.ofDays(90), 0);

        await().untilAsserted(() -> assertThat(directory.resolve("job-aaaa")).doesNotExist());
        assertThat(gone).doesNotExist();
        assertThat(note).exists();
        assertThat(elsewhere).exists();
        assertThat(outside).exists();
    }

    @Test
    void it_looks_again_each_hour_and_asks_only_of_logs_that_might_go() throws IOException {
        Path log = log(1, 89);
        tidyUp(Duration.ofDays(90), 0);
        time.tick(Duration.ofHours(1));
        assertThat(log).exists();
        assertThat(asked).hasValue(0);

        for (int hour = 0; hour < 26; hour++) {
            time.tick(Duration.ofHours(1));
        }

        await().untilAsserted(() -> {
            time.tick(Duration.ofHours(1));
            assertThat(log).doesNotExist();
        });
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_directory_that_is_not_there_yet_holds_no_logs() throws IOException {
        assertThat(new LogShelf(directory.resolve("none")).look(10).oldest()).isEmpty();
    }
}

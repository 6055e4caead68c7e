package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.tasklog.TaskLogOrders.AppendLog;
import io.flamenco.manager.tasklog.TaskLogOrders.RotateLog;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts.TaskLogGrew;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLogVerticleTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final JobId JOB = new JobId("5852bc5198377351f95d103e");
    private static final TaskId TASK = new TaskId("5852bc5198377351f95d1001");

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));
    private final List<TaskLogGrew> told = new CopyOnWriteArrayList<>();
    private Path directory;
    private String deployment;

    @BeforeEach
    void start_it(@TempDir Path temporary) {
        directory = temporary;
        bus.hear(Addresses.MANAGER_TASK_LOG.of(TASK), told::add);
        deployment = vertx.deployVerticle(new TaskLogVerticle(vertx, bus, time, new TaskLogSettings(directory, false)))
                .await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    @Test
    void answered_text_is_in_the_file_of_the_task() throws IOException {
        append("line 1\nline 2").await();

        assertThat(Files.readString(
                        directory.resolve("job-5852/5852bc5198377351f95d103e/task-5852bc5198377351f95d1001.txt")))
                .isEqualTo("line 1\nline 2\n");
    }

    @Test
    void task_without_a_job_has_its_log_too() {
        bus.ask(TaskLogOrders.APPEND_LOG, new AppendLog(TASK, null, "test")).await();

        assertThat(directory.resolve("job-0000/000000000000000000000000/task-5852bc5198377351f95d1001.txt"))
                .hasContent("test\n");
    }

    @Test
    void texts_stay_in_order_however_many_come_at_once() throws IOException {
        // Given
        List<Future<Done>> answers = new ArrayList<>();
        StringBuilder expected = new StringBuilder();

        // When
        for (int n = 0; n < 500; n++) {
            answers.add(append("line " + n));
            expected.append("line ").append(n).append('\n');
        }
        Future.all(answers).await();

        // Then
        assertThat(Files.readString(log())).isEqualTo(expected.toString());
    }

    @Test
    void new_run_begins_a_new_file() throws IOException {
        append("first run");
        bus.ask(TaskLogOrders.ROTATE_LOG, new RotateLog(TASK, JOB));
        append("second run").await();

        assertThat(Files.readString(log())).isEqualTo("second run\n");
        assertThat(Files.readString(log().resolveSibling(log().getFileName() + ".1")))
                .isEqualTo("first run\n");
    }

    @Test
    void viewers_are_told_what_was_added_and_where() {
        // Given
        append("one").await();
        append("twö").await();

        // When
        time.tick(MOMENT);

        // Then
        await().untilAsserted(() -> assertThat(told).containsExactly(new TaskLogGrew(TASK, 0, "one\ntwö\n")));
        append("three").await();
        time.tick(MOMENT);
        await().untilAsserted(() -> assertThat(told).last().isEqualTo(new TaskLogGrew(TASK, 9, "three\n")));
    }

    @Test
    void viewers_see_a_new_run_begin_at_offset_zero() {
        // Given
        append("first run").await();
        bus.ask(TaskLogOrders.ROTATE_LOG, new RotateLog(TASK, JOB)).await();
        append("second run").await();

        // When
        time.tick(MOMENT);

        // Then
        await().untilAsserted(() -> assertThat(told)
                .containsExactly(new TaskLogGrew(TASK, 0, "first run\n"), new TaskLogGrew(TASK, 0, "second run\n")));
    }

    @Test
    void text_that_the_disk_refuses_fails_no_order_and_is_written_when_the_disk_takes_it_again() throws IOException {
        // Given
        Path inTheWay = Files.writeString(directory.resolve("job-5852"), "a file where a directory should be");
        assertThat(append("one").await()).isEqualTo(Done.DONE);
        bus.ask(TaskLogOrders.ROTATE_LOG, new RotateLog(TASK, JOB)).await();
        assertThat(append("two").await()).isEqualTo(Done.DONE);

        // When
        Files.delete(inTheWay);
        time.tick(Duration.ofSeconds(5));

        // Then
        await().until(() -> Files.exists(log()));
        append("three").await();
        assertThat(log()).hasContent("two\nthree\n");
        assertThat(log().resolveSibling(log().getFileName() + ".1")).hasContent("one\n");
    }

    @Test
    void everything_taken_is_written_before_it_stops() throws IOException {
        append("1");
        Future<Done> last = append("2");
        vertx.undeploy(deployment).await();

        last.await();
        assertThat(Files.readString(log())).isEqualTo("1\n2\n");
    }

    private Future<Done> append(String text) {
        return bus.ask(TaskLogOrders.APPEND_LOG, new AppendLog(TASK, JOB, text));
    }

    private Path log() {
        return new LogPaths(directory).current(JOB, TASK);
    }
}

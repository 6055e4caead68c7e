package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportingTest {

    private final FarmUnderTest farm = new FarmUnderTest();
    private final WorkerUnderTest worker = farm.worker("one", "sleep", "render");
    private final WireTask task = task("sleep");

    @AfterEach
    void close() {
        farm.close();
    }

    private TaskId running() {
        farm.download(task);
        return worker.takesTask();
    }

    @Test
    void a_report_reaches_the_server_with_the_end_of_its_log() {
        TaskId id = running();
        farm.push();
        String log = IntStream.rangeClosed(1, 15).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        HttpResponse<Buffer> response = worker.reports(
                id,
                new JsonObject()
                        .put("task_status", "active")
                        .put("activity", "doing it")
                        .put("task_progress_percentage", 47)
                        .put("current_command_idx", 1)
                        .put("command_progress_percentage", 30)
                        .put("metrics", new JsonObject().put("timing", new JsonObject().put("render", 1.5)))
                        .put("log", log)
                        .put("failed_by_workers", new JsonArray().add(new JsonObject().put("id", "x"))));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(farm.pending()).singleElement().satisfies(update -> {
            assertThat(update.taskStatus()).isEqualTo("active");
            assertThat(update.activity()).isEqualTo("doing it");
            assertThat(update.taskProgressPercentage()).isEqualTo(47);
            assertThat(update.currentCommandIdx()).isEqualTo(1);
            assertThat(update.currentCommandIndex()).isEqualTo(1);
            assertThat(update.logTail().lines()).hasSize(10).endsWith("line 15");
            assertThat(update.worker()).endsWith("(one)");
            assertThat(update.failedByWorkers()).isEmpty();
            assertThat(Objects.requireNonNull(update.metrics()).timing()).containsEntry("render", 1.5);
        });
        assertThat(farm.logs.get(id)).contains("line 1\n").contains("line 15\n");
    }

    @Test
    void reports_that_move_nothing_are_joined_until_they_are_sent() {
        TaskId id = running();
        farm.push();

        worker.reports(id, new JsonObject().put("activity", "first").put("log", "one"));
        worker.reports(id, new JsonObject().put("task_progress_percentage", 20).put("log", "two"));
        farm.time.tick(Duration.ofSeconds(6));
        worker.reports(id, new JsonObject().put("activity", "second"));
        List<TaskUpdate> sent = farm.pending();
        worker.reports(id, new JsonObject().put("activity", "third"));

        assertThat(sent).singleElement().satisfies(update -> {
            assertThat(update.activity()).isEqualTo("second");
            assertThat(update.taskProgressPercentage()).isEqualTo(20);
            assertThat(update.logTail()).isEqualTo("one\ntwo\n");
        });
        assertThat(farm.pending()).hasSize(2);
    }

    @Test
    void a_task_of_another_worker_and_an_unknown_one_are_refused() {
        TaskId id = running();
        WorkerUnderTest other = farm.worker("two", "sleep");

        HttpResponse<Buffer> conflict = other.reports(id, "completed");
        HttpResponse<Buffer> unknown = other.reports(new TaskId("aaaaaaaaaaaaaaaaaaaaaaaa"), "completed");
        HttpResponse<Buffer> malformed = other.post("/tasks/nonsense/update", new JsonObject());

        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(conflict.bodyAsString()).isEqualTo("Task " + id + " is assigned to another worker.");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(malformed.statusCode()).isEqualTo(404);
        assertThat(malformed.bodyAsString()).isEqualTo("Invalid ObjectID used for task-id: nonsense\n");
        assertThat(farm.status(task)).isEqualTo("active");
    }

    @Test
    void a_report_on_a_finished_task_moves_nothing_but_its_log_counts() {
        TaskId id = running();
        worker.reports(id, "completed");
        farm.push();

        assertThat(worker.reports(id, "failed").statusCode()).isEqualTo(204);
        assertThat(farm.pending()).isEmpty();
        worker.reports(
                id,
                new JsonObject()
                        .put("task_status", "active")
                        .put("activity", "x")
                        .put("log", "late line"));
        farm.time.tick(Duration.ofSeconds(6));

        assertThat(farm.status(task)).isEqualTo("completed");
        org.awaitility.Awaitility.await().until(() -> !farm.pending().isEmpty());
        assertThat(farm.pending()).singleElement().satisfies(update -> {
            assertThat(update.taskStatus()).isEmpty();
            assertThat(update.activity()).isEmpty();
            assertThat(update.logTail()).isEqualTo("late line\n");
        });
    }

    @Test
    void malformed_reports_are_refused() {
        TaskId id = running();
        var fraction = worker.post("/tasks/" + id + "/update", new JsonObject().put("task_progress_percentage", 12.5));
        var empty = worker.post("/tasks/" + id + "/update");

        assertThat(fraction.statusCode()).isEqualTo(400);
        assertThat(fraction.bodyAsString()).startsWith("Unable to decode JSON: ");
        assertThat(empty.statusCode()).isEqualTo(400);
    }

    @Test
    void returning_a_task_puts_it_back_into_the_queue() {
        TaskId id = running();

        assertThat(worker.post("/tasks/" + id + "/return").statusCode()).isEqualTo(204);
        assertThat(worker.post("/tasks/aaaaaaaaaaaaaaaaaaaaaaaa/return").statusCode())
                .isEqualTo(404);

        assertThat(farm.status(task)).isEqualTo("claimed-by-manager");
        assertThat(farm.task(id).workerId()).isEqualTo(worker.id);
        assertThat(farm.worker("two", "sleep").takesTask()).isEqualTo(id);
    }

    @Test
    void a_log_is_put_aside_when_a_task_starts_anew() {
        TaskId id = running();
        worker.reports(id, new JsonObject().put("log", "first run"));
        worker.post("/tasks/" + id + "/return");

        worker.takesTask();

        assertThat(farm.logs.get(id)).doesNotContain("first run").contains("Manager assigned task");
    }

    @Test
    void an_update_that_the_server_never_takes_is_set_aside() {
        running();
        List<TaskUpdate> refused = farm.pending();
        var ids = refused.stream().map(TaskUpdate::id).toList();

        for (int i = 0; i < 5; i++) {
            farm.ask(SchedulerOrders.BATCH_ANSWERED, new BatchAnswered(ids, List.of()));
        }

        assertThat(farm.pending()).isEmpty();
        assertThat(farm.ask(SchedulerOrders.OUTBOX_SIZE, new SchedulerOrders.OutboxSize()))
                .isEqualTo(new SchedulerOrders.Outbox(0, 1));
    }

    @Test
    void a_report_too_large_for_the_database_is_cut_and_stops_nobody() {
        TaskId id = running();
        String endless = "x".repeat(17 << 20);

        assertThat(worker.reports(id, new JsonObject().put("activity", endless)).statusCode())
                .isEqualTo(204);
        assertThat(worker.reports(id, new JsonObject().put("log", endless).put("task_status", "failed"))
                        .statusCode())
                .isEqualTo(204);

        assertThat(farm.task(id).activity()).startsWith("xxx").hasSizeLessThan(10_000);
        assertThat(farm.pending())
                .allSatisfy(update -> assertThat(update.logTail()).hasSizeLessThan(100_000));
        assertThat(worker.askForTask().statusCode()).isEqualTo(204);
    }

    @Test
    void produced_files_are_taken_and_an_empty_list_is_not() {
        assertThat(worker.post("/output-produced", new JsonObject().put("paths", new JsonArray().add("/a.png")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(worker.post("/output-produced", new JsonObject()).statusCode())
                .isEqualTo(422);
        assertThat(worker.post("/output-produced").statusCode()).isEqualTo(400);
    }
}

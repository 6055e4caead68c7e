package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static io.flamenco.manager.SampleTasks.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.manager.scheduler.SchedulerOrders.CancelTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Changed;
import io.flamenco.manager.scheduler.SchedulerOrders.Gone;
import io.flamenco.manager.scheduler.SchedulerOrders.NextInLine;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskInLine;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    private static TaskId id(WireTask task) {
        return Objects.requireNonNull(task.id());
    }

    private TaskId running() {
        farm.download(task);
        return worker.takesTask();
    }

    private void cancel(TaskId... tasks) {
        farm.ask(SchedulerOrders.CANCEL_TASKS, new CancelTasks(List.of(tasks)));
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
    void a_task_that_is_to_be_cancelled_takes_its_workers_last_word() {
        TaskId id = running();

        cancel(id);
        assertThat(farm.status(task)).isEqualTo("cancel-requested");
        JsonObject answer = worker.asksToGoOn(id);
        worker.reports(id, "active");
        assertThat(farm.status(task)).isEqualTo("cancel-requested");
        worker.post("/tasks/" + id + "/return");

        assertThat(answer.getString("reason")).isEqualTo("task " + id + " in non-runnable status cancel-requested");
        assertThat(farm.status(task)).isEqualTo("canceled");
        assertThat(farm.pending())
                .last()
                .satisfies(update -> assertThat(update.taskStatus()).isEqualTo("canceled"));
    }

    @Test
    void a_cancelled_task_of_a_silent_worker_is_given_up_after_a_grace() {
        TaskId id = running();
        cancel(id);
        farm.time.tick(Duration.ofMinutes(2));

        farm.ask(
                SchedulerOrders.TIME_OUT,
                new SchedulerOrders.TimeOut(
                        farm.time.instant().minus(Duration.ofMinutes(10)),
                        farm.time.instant().minus(Duration.ofMinutes(1))));

        assertThat(farm.status(task)).isEqualTo("canceled");
    }

    @Test
    void waiting_and_unknown_tasks_are_cancelled_at_once() {
        farm.download(task);
        TaskId unknown = new TaskId("aaaaaaaaaaaaaaaaaaaaaaaa");

        cancel(id(task), unknown);
        farm.restartScheduler();

        assertThat(farm.pending()).extracting(TaskUpdate::taskId).containsExactlyInAnyOrder(id(task), unknown);
        assertThat(farm.pending()).allMatch(update -> update.taskStatus().equals("canceled"));
        farm.push();
        farm.restartScheduler();
        assertThat(farm.pending()).isEmpty();
    }

    @Test
    void the_server_is_told_again_how_a_task_ended_when_it_asks_to_cancel_it() {
        TaskId id = running();
        worker.reports(id, "completed");
        farm.push();

        cancel(id);

        assertThat(farm.pending())
                .singleElement()
                .satisfies(update -> assertThat(update.taskStatus()).isEqualTo("completed"));
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
    void a_stale_download_does_not_revive_a_task() {
        TaskId id = running();
        var askedAt = farm.time.instant();
        farm.time.tick(Duration.ofSeconds(1));
        worker.reports(id, "completed");
        farm.push();

        farm.ask(
                SchedulerOrders.MERGE_DOWNLOADED,
                new SchedulerOrders.MergeDownloaded(List.of(with(task, "claimed-by-manager", 50)), askedAt));
        assertThat(farm.status(task)).isEqualTo("completed");

        farm.time.tick(Duration.ofSeconds(1));
        farm.download(with(task, "claimed-by-manager", 50));
        assertThat(farm.status(task)).isEqualTo("claimed-by-manager");
    }

    @Test
    void a_task_that_was_queued_again_just_when_the_server_heard_of_it_is_compared_until_that_is_sure() {
        // Given
        TaskId id = running();
        worker.reports(id, "completed");
        var askedAt = farm.time.instant();
        farm.push();
        WireTask again = with(task, "queued", 50);
        farm.ask(SchedulerOrders.MERGE_DOWNLOADED, new SchedulerOrders.MergeDownloaded(List.of(again), askedAt));
        assertThat(farm.status(task)).isEqualTo("completed");

        // When
        farm.time.tick(Duration.ofSeconds(1));
        NextInLine question = new NextInLine(10, farm.time.instant());
        assertThat(farm.ask(SchedulerOrders.NEXT_IN_LINE, question).tasks()).containsExactly(new TaskInLine(id, ""));
        farm.ask(SchedulerOrders.RE_CHECKED, new ReChecked(id, farm.time.instant(), new Changed(again)));

        // Then
        assertThat(farm.status(task)).isEqualTo("queued");
        assertThat(farm.ask(SchedulerOrders.NEXT_IN_LINE, question).tasks()).isEmpty();
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
    void a_task_too_large_for_the_database_stops_no_other() {
        WireTask large = task.withCommands(List.of(new TaskCommand("echo", Map.of("message", "x".repeat(17 << 20)))));

        farm.download(large);
        WireTask other = task("render");
        farm.download(other);

        assertThat(farm.worker("two", "render").takesTask()).isEqualTo(id(other));
    }

    @Test
    void a_recheck_can_change_a_task_or_tell_that_it_is_gone() {
        WireTask other = task("sleep");
        farm.download(task, other);
        farm.time.tick(Duration.ofMinutes(1));
        assertThat(farm.ask(SchedulerOrders.NEXT_IN_LINE, new NextInLine(10, farm.time.instant()))
                        .tasks())
                .extracting(TaskInLine::taskId)
                .containsExactly(id(task), id(other));

        farm.ask(
                SchedulerOrders.RE_CHECKED,
                new ReChecked(id(task), farm.time.instant(), new Changed(with(task, "queued", 5))));
        assertThat(farm.task(id(task)).priority()).isEqualTo(5);
        farm.ask(SchedulerOrders.RE_CHECKED, new ReChecked(id(task), farm.time.instant(), new Gone()));

        assertThat(farm.status(task)).isEqualTo("canceled");
        assertThat(farm.pending()).isEmpty();
        assertThat(worker.takesTask()).isEqualTo(id(other));
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

    @Test
    void a_task_can_be_looked_at_on_the_server() {
        var response = FarmUnderTest.await(farm.request(HttpMethod.GET, "/tasks/" + id(task) + "/redir-to-server")
                .followRedirects(false)
                .send());

        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.getHeader("Location")).isEqualTo("http://server.example/flamenco/tasks/" + id(task));
    }

    @Test
    void old_tasks_are_forgotten_when_nobody_needs_them() {
        WireTask child = task("render", 50, 50, id(task));
        farm.download(task, child);
        TaskId id = worker.takesTask();
        worker.reports(id, "completed");
        farm.push();
        farm.time.tick(Duration.ofDays(20));
        var forget = new SchedulerOrders.ForgetTasks(farm.time.instant().minus(Duration.ofDays(14)));

        assertThat(farm.ask(SchedulerOrders.FORGET_TASKS, forget).count()).isZero();
        worker.reports(worker.takesTask(), "completed");
        farm.push();
        assertThat(farm.ask(SchedulerOrders.FORGET_TASKS, forget).count()).isEqualTo(1);

        farm.restartScheduler();
        assertThat(farm.ask(SchedulerOrders.FIND_TASK, new SchedulerOrders.FindTask(id))
                        .task())
                .isNull();
        assertThat(farm.status(child)).isEqualTo("completed");
    }
}

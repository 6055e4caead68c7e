package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static io.flamenco.manager.SampleTasks.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assigned;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.TakeBack;
import io.flamenco.manager.workers.Seen;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatchTest {

    private final FarmUnderTest farm = new FarmUnderTest();

    @AfterEach
    void close() {
        farm.close();
    }

    private static TaskId id(WireTask task) {
        return Objects.requireNonNull(task.id());
    }

    @Test
    void each_worker_gets_a_task_of_its_own_type_with_variables_for_its_platform() {
        WireTask sleep = task("sleep", 50, 50, TaskId.next());
        WireTask render = task("blender-render");
        farm.download(sleep, render);
        WorkerUnderTest sleeper = farm.worker("sleeper", "sleep");
        WorkerUnderTest renderer = farm.worker("renderer", "blender-render");

        HttpResponse<Buffer> given = sleeper.askForTask();

        assertThat(given.statusCode()).isEqualTo(200);
        JsonObject document = given.bodyAsJsonObject();
        assertThat(document.getString("_id")).isEqualTo(id(sleep).hex());
        assertThat(document.getString("status")).isEqualTo("active");
        JsonObject echo = document.getJsonArray("commands").getJsonObject(0).getJsonObject("settings");
        assertThat(echo.getString("message"))
                .isEqualTo("Running Blender from /opt/myblenderbuild/blender /opt/myblenderbuild/blender{hey}");
        assertThat(echo.getValue("n")).isEqualTo(3);
        assertThat(document.getJsonArray("commands")
                        .getJsonObject(1)
                        .getJsonObject("settings")
                        .getJsonObject("nested")
                        .getString("a"))
                .isEqualTo("{blender}");
        assertThat(renderer.takesTask()).isEqualTo(id(render));
    }

    @Test
    void a_waiting_worker_gets_the_last_task_of_a_download_too_large_to_be_kept_in_memory() {
        // Given
        WorkerUnderTest waiting = farm.worker("rare", "rare");
        Future<HttpResponse<Buffer>> answer = waiting.waitForTask(30);
        Awaitility.await().until(() -> waitingWorkers() == 1);
        List<WireTask> download = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            download.add(task("sleep"));
        }
        download.add(task("rare"));

        // When
        farm.download(download.toArray(WireTask[]::new));

        // Then
        HttpResponse<Buffer> given = FarmUnderTest.await(answer);
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(given.bodyAsJsonObject().getString("_id"))
                .isEqualTo(id(download.getLast()).hex());
    }

    @Test
    void job_priority_goes_before_task_priority_and_that_before_age() {
        WireTask old = task("sleep", 50, 50);
        WireTask important = task("sleep", 60, 50);
        WireTask importantJob = task("sleep", 10, 60);
        farm.download(old, important, importantJob);
        WorkerUnderTest worker = farm.worker("w", "sleep");

        assertThat(worker.takesTask()).isEqualTo(id(importantJob));
        worker.reports(id(importantJob), "completed");
        assertThat(worker.takesTask()).isEqualTo(id(important));
        worker.reports(id(important), "completed");
        assertThat(worker.takesTask()).isEqualTo(id(old));
    }

    @Test
    void a_worker_that_asks_again_gets_the_same_task() {
        WireTask first = task("sleep");
        farm.download(first);
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.takesTask();
        WireTask better = task("sleep", 90, 90);
        farm.download(better);

        assertThat(worker.takesTask()).isEqualTo(id(first));

        assertThat(farm.status(better)).isEqualTo("queued");
    }

    @Test
    void a_task_that_could_not_be_sent_goes_back_into_the_queue_and_still_names_its_worker() {
        WireTask task = SampleTasks.task("sleep");
        farm.download(task);
        WorkerUnderTest worker = farm.worker("w1", "sleep");
        TaskId id = take(worker, 4711);

        takeBack(worker, id, 4711);

        assertThat(farm.task(id).status()).isEqualTo("claimed-by-manager");
        assertThat(farm.task(id).worker()).isEqualTo("w1");
        assertThat(farm.task(id).workerId()).isEqualTo(worker.id);
        assertThat(farm.logs.get(id))
                .contains("there was an error sending it to worker")
                .contains("connection reset");
    }

    private TaskId take(WorkerUnderTest worker, long ticket) {
        Assignment assignment = farm.ask(
                SchedulerOrders.ASSIGN_TASK,
                new AssignTask(worker.id, new Seen("127.0.0.1", "test"), Duration.ZERO, ticket));
        assertThat(assignment).isInstanceOf(Assigned.class);
        return Objects.requireNonNull(((Assigned) assignment).task().id());
    }

    private void takeBack(WorkerUnderTest worker, TaskId task, long ticket) {
        farm.ask(SchedulerOrders.TAKE_BACK, new TakeBack(worker.id, task, ticket, "connection reset"));
    }

    @Test
    void a_worker_that_came_again_keeps_its_task_when_the_first_answer_turns_out_to_be_lost() {
        farm.download(task("sleep"));
        WorkerUnderTest worker = farm.worker("w1", "sleep");
        TaskId id = take(worker, 1);
        take(worker, 2);

        takeBack(worker, id, 1);

        assertThat(farm.task(id).status()).isEqualTo("active");
    }

    @Test
    void a_task_that_was_to_be_cancelled_when_it_could_not_be_sent_is_cancelled() {
        farm.download(task("sleep"));
        WorkerUnderTest worker = farm.worker("w1", "sleep");
        TaskId id = take(worker, 1);
        farm.ask(SchedulerOrders.CANCEL_TASKS, new SchedulerOrders.CancelTasks(List.of(id)));

        takeBack(worker, id, 1);

        assertThat(farm.task(id).status()).isEqualTo("canceled");
        assertThat(farm.task(id).activity()).isEqualTo("Manager cancelled task by request of Flamenco Server");
    }

    @Test
    void what_a_worker_has_ended_is_not_given_to_it_again() {
        WireTask first = SampleTasks.task("sleep", 90, 50);
        WireTask second = SampleTasks.task("sleep", 10, 50);
        farm.download(first, second);
        WorkerUnderTest worker = farm.worker("w1", "sleep");
        worker.reports(worker.takesTask(), "completed");

        assertThat(worker.takesTask()).isEqualTo(second.id());
    }

    @Test
    void a_child_waits_until_all_its_parents_are_completed() {
        WireTask one = task("sleep");
        WireTask two = task("sleep");
        WireTask child = task("file-management", 50, 50, id(one), id(two));
        farm.download(one, two, child);
        WorkerUnderTest sleeper = farm.worker("s", "sleep");
        WorkerUnderTest waiter = farm.worker("f", "file-management");

        sleeper.reports(sleeper.takesTask(), "completed");
        assertThat(waiter.askForTask().statusCode()).isEqualTo(204);
        sleeper.reports(sleeper.takesTask(), "completed");

        assertThat(waiter.takesTask()).isEqualTo(id(child));
    }

    @Test
    void a_waiting_worker_is_answered_when_a_task_becomes_ready() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        Future<HttpResponse<Buffer>> answer = worker.waitForTask(20);
        Awaitility.await().until(() -> waitingWorkers() == 1);
        WireTask task = task("sleep");

        farm.download(task);

        HttpResponse<Buffer> given = FarmUnderTest.await(answer);
        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(given.bodyAsJsonObject().getString("_id")).isEqualTo(id(task).hex());
    }

    @Test
    void a_waiting_worker_is_told_when_there_is_nothing_in_its_time() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        Future<HttpResponse<Buffer>> answer = worker.waitForTask(20);
        Awaitility.await().until(() -> waitingWorkers() == 1);

        Awaitility.await().until(() -> {
            farm.time.tick(Duration.ofSeconds(1));
            return waitingWorkers() == 0;
        });

        assertThat(FarmUnderTest.await(answer).statusCode()).isEqualTo(204);
    }

    private int waitingWorkers() {
        return farm.ask(
                        io.flamenco.manager.scheduler.SchedulerOrders.COUNT_TASKS,
                        new io.flamenco.manager.scheduler.SchedulerOrders.CountTasks())
                .waitingWorkers();
    }

    @Test
    void after_a_restart_everything_is_as_it_was() {
        WireTask running = task("sleep", 90, 90);
        WireTask queued = task("sleep");
        farm.download(running, queued);
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.takesTask();
        worker.reports(
                id(running),
                new JsonObject().put("task_progress_percentage", 30).put("activity", "busy"));
        var before = farm.pending();

        farm.restartScheduler();

        assertThat(farm.pending()).isEqualTo(before);
        assertThat(farm.task(id(running)).activity()).isEqualTo("busy");
        assertThat(worker.asksToGoOn(id(running)).getBoolean("may_keep_running"))
                .isTrue();
        assertThat(worker.takesTask()).isEqualTo(id(running));
        assertThat(farm.worker("other", "sleep").takesTask()).isEqualTo(id(queued));
    }

    @Test
    void a_download_does_not_take_a_task_from_its_worker() {
        WireTask task = task("sleep");
        farm.download(task);
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.takesTask();

        farm.download(with(task, "claimed-by-manager", 50));

        assertThat(farm.status(task)).isEqualTo("active");
        assertThat(farm.worker("other", "sleep").askForTask().statusCode()).isEqualTo(204);
    }
}

package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.CancelTasks;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of tasks that the Server wants stopped. */
class CancellingTest {

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
}

package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailingTest {

    private final FarmUnderTest farm = new FarmUnderTest(new FailurePolicy(3, 3));

    @AfterEach
    void close() {
        farm.close();
    }

    private static TaskId id(WireTask task) {
        return Objects.requireNonNull(task.id());
    }

    private List<String> statusesToldOf(WireTask task) {
        return farm.pending().stream()
                .filter(update -> update.taskId().equals(task.id()))
                .map(TaskUpdate::taskStatus)
                .filter(status -> !status.isEmpty())
                .toList();
    }

    private WorkerView view(WorkerUnderTest worker) {
        return farm.ask(WorkerOrders.LIST_WORKERS, new WorkerOrders.ListWorkers()).workers().stream()
                .filter(view -> view.workerId().equals(worker.id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void with_two_workers_the_first_failure_is_soft_and_the_second_is_final() {
        WorkerUnderTest one = farm.worker("one", "sleep");
        WorkerUnderTest two = farm.worker("two", "sleep");
        WireTask task = task("sleep");
        farm.download(task);

        one.reports(one.takesTask(), "failed");
        assertThat(farm.status(task)).isEqualTo("soft-failed");
        assertThat(one.askForTask().statusCode()).isEqualTo(204);
        JsonObject again = two.askForTask().bodyAsJsonObject();
        assertThat(again.getJsonArray("failed_by_workers").getJsonObject(0).getString("id"))
                .isEqualTo(one.id.hex());
        assertThat(two.asksToGoOn(id(task)).getBoolean("may_keep_running")).isTrue();
        two.reports(id(task), "failed");

        assertThat(farm.status(task)).isEqualTo("failed");
        assertThat(statusesToldOf(task)).containsExactly("active", "soft-failed", "active", "failed");
        assertThat(view(one).currentTaskStatus()).isEqualTo("failed");
    }

    @Test
    void with_four_workers_the_third_failure_is_final() {
        WireTask task = task("sleep");
        List<WorkerUnderTest> workers = List.of(
                farm.worker("one", "sleep"),
                farm.worker("two", "sleep"),
                farm.worker("three", "sleep"),
                farm.worker("four", "sleep"));
        farm.download(task);

        workers.subList(0, 3).forEach(worker -> worker.reports(worker.takesTask(), "failed"));

        assertThat(statusesToldOf(task))
                .containsExactly("active", "soft-failed", "active", "soft-failed", "active", "failed");
    }

    @Test
    void a_worker_that_fails_too_many_tasks_of_a_job_and_type_gets_no_more_of_them() {
        WorkerUnderTest one = farm.worker("one", "sleep", "other");
        WorkerUnderTest two = farm.worker("two", "sleep");
        List<WireTask> tasks = List.of(task("sleep"), task("sleep"), task("sleep"), task("sleep"));
        tasks.forEach(farm::download);

        tasks.subList(0, 3).forEach(task -> one.reports(one.takesTask(), "failed"));

        assertThat(one.askForTask().statusCode()).isEqualTo(204);
        assertThat(view(one).blocklist()).singleElement().satisfies(line -> {
            assertThat(line.jobId()).isEqualTo(SampleTasks.JOB);
            assertThat(line.taskType()).isEqualTo("sleep");
        });
        tasks.subList(0, 3).forEach(task -> two.reports(two.takesTask(), "failed"));
        tasks.subList(0, 3).forEach(task -> assertThat(farm.status(task)).isEqualTo("failed"));
        assertThat(view(two).blocklist()).hasSize(1);
        assertThat(farm.status(tasks.get(3))).isEqualTo("queued");
        assertThat(why(tasks.get(3))).anyMatch(reason -> reason.contains("blocklist"));
    }

    @Test
    void the_blocklist_outlives_a_restart_and_a_line_can_be_forgotten() {
        WorkerUnderTest one = farm.worker("one", "sleep");
        farm.worker("two", "sleep");
        List<WireTask> tasks = List.of(task("sleep"), task("sleep"), task("sleep"), task("sleep"));
        tasks.forEach(farm::download);
        tasks.subList(0, 3).forEach(task -> one.reports(one.takesTask(), "failed"));

        farm.restartScheduler();

        assertThat(one.askForTask().statusCode()).isEqualTo(204);
        farm.ask(
                WorkerOrders.FORGET_BLOCKLIST_LINE,
                new WorkerOrders.ForgetBlocklistLine(one.id, SampleTasks.JOB, "sleep"));
        assertThat(one.takesTask()).isEqualTo(id(tasks.get(3)));
    }

    @Test
    void when_the_last_capable_worker_is_blocked_the_tasks_that_others_failed_are_given_up_too() {
        WorkerUnderTest one = farm.worker("one", "sleep");
        WorkerUnderTest two = farm.worker("two", "sleep");
        List<WireTask> tasks = List.of(task("sleep"), task("sleep"), task("sleep"), task("sleep"), task("sleep"));
        tasks.forEach(farm::download);
        tasks.subList(0, 2).forEach(task -> one.reports(one.takesTask(), "failed"));
        farm.ask(SchedulerOrders.CANCEL_TASKS, new SchedulerOrders.CancelTasks(List.of(id(tasks.get(0)))));
        one.post("/sign-off");
        farm.ask(WorkerOrders.FORGET_WORKER, new WorkerOrders.ForgetWorker(one.id));

        two.reports(two.takesTask(), "failed");
        two.reports(two.takesTask(), "failed");
        two.reports(two.takesTask(), "failed");

        assertThat(tasks.stream().map(farm::status))
                .containsExactly("canceled", "failed", "failed", "failed", "queued");
    }

    private List<String> why(WireTask task) {
        return farm.ask(SchedulerOrders.WHY, new SchedulerOrders.Why(id(task))).reasons();
    }

    @Test
    void a_task_that_nobody_can_run_says_why() {
        WireTask parent = task("strange");
        WireTask child = task("sleep", 50, 50, id(parent));
        farm.download(parent, child);
        farm.worker("one", "sleep");

        assertThat(why(parent)).containsExactly("No worker supports task type \"strange\".");
        assertThat(why(child))
                .singleElement()
                .asString()
                .contains("waits for parent task")
                .contains(id(parent).hex());
    }
}

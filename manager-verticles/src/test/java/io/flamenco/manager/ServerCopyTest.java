package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static io.flamenco.manager.SampleTasks.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.Changed;
import io.flamenco.manager.scheduler.SchedulerOrders.Gone;
import io.flamenco.manager.scheduler.SchedulerOrders.NextInLine;
import io.flamenco.manager.scheduler.SchedulerOrders.ReChecked;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskInLine;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Server's copy of a task, as downloads and comparisons bring it, beside ours. */
class ServerCopyTest {

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

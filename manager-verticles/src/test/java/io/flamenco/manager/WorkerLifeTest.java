package io.flamenco.manager;

import static io.flamenco.manager.SampleTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.TimeOut;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerLifeTest {

    private final FarmUnderTest farm = new FarmUnderTest();

    @AfterEach
    void close() {
        farm.close();
    }

    private static TaskId id(WireTask task) {
        return Objects.requireNonNull(task.id());
    }

    private WorkerView view(WorkerUnderTest worker) {
        return farm.ask(WorkerOrders.LIST_WORKERS, new WorkerOrders.ListWorkers()).workers().stream()
                .filter(view -> view.workerId().equals(worker.id))
                .findFirst()
                .orElseThrow();
    }

    private void request(WorkerUnderTest worker, String status, boolean lazy) {
        farm.ask(WorkerOrders.REQUEST_STATUS, new WorkerOrders.RequestStatus(worker.id, status, lazy));
    }

    @Test
    void wrong_credentials_and_unknown_workers_are_refused_alike() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        var wrong = farm.request(HttpMethod.POST, "/task").basicAuthentication(worker.id.hex(), "wrong");
        var unknown = farm.request(HttpMethod.POST, "/task").basicAuthentication("aaaaaaaaaaaaaaaaaaaaaaaa", "wrong");

        for (var request : List.of(wrong, unknown, farm.request(HttpMethod.POST, "/task"))) {
            HttpResponse<Buffer> response = FarmUnderTest.await(request.send());
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.bodyAsString()).isEqualTo("401 Unauthorized\n");
            assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Basic realm=\"Flamenco Manager\"");
        }
    }

    @Test
    void registering_needs_a_token_made_with_the_secret() {
        var none = farm.request(HttpMethod.POST, "/register-worker");
        var wrong = farm.request(HttpMethod.POST, "/register-worker")
                .bearerTokenAuthentication(WorkerUnderTest.token("another secret"));

        HttpResponse<Buffer> missing = FarmUnderTest.send(none, new JsonObject());
        HttpResponse<Buffer> invalid = FarmUnderTest.send(wrong, new JsonObject());

        assertThat(missing.statusCode()).isEqualTo(403);
        assertThat(missing.bodyAsString()).isEqualTo("Missing Bearer token for registration\n");
        assertThat(invalid.statusCode()).isEqualTo(403);
        assertThat(invalid.bodyAsString()).isEqualTo("Invalid Bearer token for registration\n");
    }

    @Test
    void signing_on_changes_what_it_names_and_clears_the_current_task() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        farm.download(task("sleep"));
        worker.takesTask();

        HttpResponse<Buffer> response = worker.post(
                "/sign-on",
                new JsonObject()
                        .put("nickname", "new name")
                        .put(
                                "supported_task_types",
                                new JsonArray().add("render").add("sleep")));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(view(worker).nickname()).isEqualTo("new name");
        assertThat(view(worker).supportedTaskTypes()).containsExactly("render", "sleep");
        assertThat(view(worker).status()).isEqualTo("starting");
        assertThat(view(worker).currentTask()).isNull();
        assertThat(worker.post("/sign-on").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"awake,'',''", "awake,shutdown,''", "asleep,'',asleep", "asleep,shutdown,asleep", "asleep,awake,''"})
    void signing_off_sends_a_sleeping_worker_back_to_sleep(String status, String requested, String expected) {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.post("/ack-status-change/" + status);
        if (!requested.isEmpty()) {
            request(worker, requested, false);
        }

        assertThat(worker.post("/sign-off").statusCode()).isEqualTo(204);

        assertThat(view(worker).status()).isEqualTo("offline");
        assertThat(view(worker).statusRequested()).isEqualTo(expected);
    }

    @Test
    void signing_off_gives_tasks_back() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        WireTask task = task("sleep");
        farm.download(task);
        worker.takesTask();

        worker.post("/sign-off");

        TaskUpdate last = farm.pending().get(farm.pending().size() - 1);
        assertThat(last.taskStatus()).isEqualTo("claimed-by-manager");
        assertThat(last.worker()).isEqualTo("-");
        assertThat(last.activity())
                .startsWith("Re-queued task after unassigning from worker")
                .endsWith("worker signed off");
        assertThat(farm.logs.get(id(task))).contains("Manager re-queued task after unassigning it from worker");
    }

    @Test
    void an_immediate_request_stops_the_task_and_a_lazy_one_lets_it_end() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        farm.download(task("sleep"));
        TaskId task = worker.takesTask();

        request(worker, "asleep", true);
        JsonObject lazy = worker.asksToGoOn(task);
        request(worker, "asleep", false);
        JsonObject immediate = worker.asksToGoOn(task);

        assertThat(lazy)
                .isEqualTo(new JsonObject().put("may_keep_running", true).put("status_requested", "asleep"));
        assertThat(immediate.getBoolean("may_keep_running")).isFalse();
        assertThat(immediate.getString("reason")).isEqualTo("worker status change to asleep requested");
        assertThat(worker.askForTask().statusCode()).isEqualTo(423);
        assertThat(worker.askForTask().bodyAsString()).isEqualTo("{\"status_requested\":\"asleep\"}\n");
        assertThat(worker.get("/status-change").statusCode()).isEqualTo(200);
        assertThat(worker.post("/ack-status-change/asleep").statusCode()).isEqualTo(204);
        assertThat(worker.get("/status-change").statusCode()).isEqualTo(204);
        assertThat(view(worker).status()).isEqualTo("asleep");
    }

    @Test
    void an_unknown_status_is_not_acknowledged_and_only_some_can_be_requested() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        assertThat(worker.post("/ack-status-change/drunk").statusCode()).isEqualTo(204);
        assertThat(view(worker).status()).isEqualTo("starting");
        assertThat(farm.ask(WorkerOrders.REQUEST_STATUS, new WorkerOrders.RequestStatus(worker.id, "offline", false)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_waiting_worker_hears_of_a_requested_status_at_once() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        Future<HttpResponse<Buffer>> answer = worker.waitForTask(20);
        Awaitility.await()
                .until(() -> farm.ask(SchedulerOrders.COUNT_TASKS, new SchedulerOrders.CountTasks())
                                .waitingWorkers()
                        == 1);

        request(worker, "shutdown", true);

        assertThat(FarmUnderTest.await(answer).statusCode()).isEqualTo(423);
    }

    @Test
    void a_lost_worker_times_out_and_its_task_goes_to_others() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        WireTask task = task("sleep");
        farm.download(task);
        worker.takesTask();
        farm.time.tick(Duration.ofMinutes(2));

        timeOut(Duration.ofMinutes(10), Duration.ofMinutes(1));

        assertThat(view(worker).status()).isEqualTo("timeout");
        assertThat(view(worker).statusRequested()).isEqualTo("awake");
        assertThat(farm.status(task)).isEqualTo("claimed-by-manager");
        assertThat(worker.askForTask().statusCode()).isEqualTo(423);
    }

    @Test
    void a_task_of_which_nothing_is_heard_fails() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        WireTask task = task("sleep");
        WireTask second = task("sleep");
        farm.download(task);
        worker.takesTask();
        farm.download(second);
        farm.time.tick(Duration.ofMinutes(11));

        timeOut(Duration.ofMinutes(10), Duration.ofMinutes(20));

        assertThat(farm.status(task)).isEqualTo("failed");
        assertThat(farm.task(id(task)).activity()).startsWith("Task timed out on worker");
        assertThat(farm.logs.get(id(task))).contains("timed out, was active but untouched since");
        assertThat(view(worker).status()).isEqualTo("timeout");
    }

    private void timeOut(Duration task, Duration worker) {
        farm.ask(
                SchedulerOrders.TIME_OUT,
                new TimeOut(farm.time.instant().minus(task), farm.time.instant().minus(worker)));
    }

    @Test
    void a_pending_request_survives_a_timeout() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.askForTask();
        request(worker, "shutdown", false);
        farm.time.tick(Duration.ofMinutes(2));

        timeOut(Duration.ofMinutes(10), Duration.ofMinutes(1));

        assertThat(view(worker).statusRequested()).isEqualTo("shutdown");
    }

    @Test
    void a_sleep_schedule_is_followed_and_what_people_want_holds_until_the_next_boundary() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        worker.askForTask();
        farm.ask(
                WorkerOrders.SET_SLEEP_SCHEDULE,
                new WorkerOrders.SetSleepSchedule(worker.id, new SleepTimes(true, "", "9:0", "18:00", null)));
        assertThat(view(worker).statusRequested()).isEmpty();

        farm.time.tick(Duration.ofHours(1));
        applySchedules();
        assertThat(view(worker).statusRequested()).isEqualTo("asleep");
        worker.post("/ack-status-change/asleep");

        request(worker, "awake", false);
        farm.time.tick(Duration.ofHours(1));
        applySchedules();
        assertThat(view(worker).statusRequested()).isEqualTo("awake");

        worker.post("/ack-status-change/asleep");
        farm.time.tick(Duration.ofHours(8));
        applySchedules();
        assertThat(view(worker).statusRequested()).isEqualTo("awake");
        assertThat(view(worker).sleepTimes().nextCheck()).isEqualTo("2026-11-23T00:00:00Z");
    }

    private void applySchedules() {
        farm.ask(WorkerOrders.APPLY_SLEEP_SCHEDULES, new WorkerOrders.ApplySleepSchedules());
    }

    @Test
    void nonsense_in_a_schedule_is_refused() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        assertThat(farm.ask(
                        WorkerOrders.SET_SLEEP_SCHEDULE,
                        new WorkerOrders.SetSleepSchedule(worker.id, new SleepTimes(true, "m", "", "", null))))
                .isInstanceOf(Refused.class);
    }

    @Test
    void a_stale_worker_is_removed_after_its_tasks_went_back() {
        WorkerUnderTest worker = farm.worker("w", "sleep");
        WireTask task = task("sleep");
        farm.download(task);
        worker.takesTask();
        farm.time.tick(Duration.ofDays(2));

        farm.ask(
                WorkerOrders.REMOVE_STALE,
                new WorkerOrders.RemoveStale(
                        List.of("awake"), farm.time.instant().minus(Duration.ofDays(1))));

        assertThat(farm.status(task)).isEqualTo("claimed-by-manager");
        assertThat(farm.task(id(task)).activity()).endsWith("worker is being auto-removed");
        assertThat(worker.askForTask().statusCode()).isEqualTo(401);
    }

    @Test
    void a_worker_that_was_removed_a_moment_ago_is_not_found_and_then_not_known() {
        WorkerUnderTest worker = farm.worker("w", "sleep");

        farm.ask(WorkerOrders.FORGET_WORKER, new WorkerOrders.ForgetWorker(worker.id));

        assertThat(worker.askForTask().statusCode()).isEqualTo(403);
        assertThat(worker.askForTask().statusCode()).isEqualTo(401);
    }

    @Test
    void workers_are_the_same_after_a_restart() {
        WorkerUnderTest worker = farm.worker("w", "sleep", "render");
        worker.askForTask();
        request(worker, "asleep", true);
        farm.ask(
                WorkerOrders.SET_SLEEP_SCHEDULE,
                new WorkerOrders.SetSleepSchedule(worker.id, new SleepTimes(false, "Mo", "9:0", "18:00", null)));
        WorkerView before = view(worker);

        farm.restartScheduler();

        assertThat(view(worker)).isEqualTo(before);
        assertThat(worker.get("/status-change").statusCode()).isEqualTo(200);
    }
}

package io.flamenco.worker;

import static io.flamenco.worker.FakeManager.command;
import static io.flamenco.worker.WorkerTrial.TASK;
import static io.flamenco.worker.WorkerTrial.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.FakeManager.Call;
import io.flamenco.worker.bus.WorkerMessages;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Worker and its Manager: how it leaves off a task that it is at, and what becomes of that. */
class WorkerHandBackTest {

    private final WorkerTrial trial;
    private final FakeManager manager;

    WorkerHandBackTest(@TempDir Path directory) throws Exception {
        trial = new WorkerTrial(directory);
        manager = trial.manager;
    }

    @AfterEach
    void close() throws Exception {
        trial.close();
    }

    @Test
    void catalogue_6_23_24_25_a_task_that_may_not_run_any_longer_is_stopped_and_returned() throws Exception {
        manager.hasTask(TASK, command("sleep", "time_in_seconds", 1000))
                .next(
                        "GET /may-i-run/" + TASK,
                        Answer.of(200, "{\"may_keep_running\": true}"),
                        Answer.of(200, "{\"may_keep_running\": false, \"reason\": \"because\"}"));

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /tasks/" + TASK + "/return").isEmpty());
        List<Call> calls = manager.calls();
        int told = calls.indexOf(calls.stream()
                .filter(call -> call.body().contains("stopped running this task"))
                .findFirst()
                .orElseThrow());
        assertThat(manager.lines().indexOf("POST /tasks/" + TASK + "/return")).isGreaterThan(told);
        assertThat(manager.log(TASK))
                .contains("Worker 5b5b5b5b5b5b5b5b5b5b5b5b (rosette) stopped running this task, "
                        + "no longer allowed to run by Manager");
        JsonObject stopped = manager.updates(TASK).getLast();
        assertThat(stopped.fieldNames()).containsExactly("log");
        assertThat(manager.lastStatus(TASK)).contains("active");
        done(worker.stop());
    }

    @Test
    void catalogue_7_an_order_to_stop_another_task_is_ignored() throws Exception {
        Path go = trial.data.resolveSibling("go");
        String script = "until test -e " + go + "; do sleep 0.02; done";
        manager.hasTask(TASK, command("exec", "cmd", "/bin/sh -c '" + script + "'"));
        WorkerRole worker = trial.start();
        await().until(() -> !manager.updates(TASK).isEmpty());

        TaskId other = new TaskId("%024x".formatted(4711));
        done(new FarmBus(trial.vertx)
                .ask(WorkerParts.addresses(trial.data).stopTask(), new WorkerMessages.StopTask(other, "no reason")));
        Files.createFile(go);

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("completed")));
        assertThat(manager.updates(TASK).getLast().getString("activity")).isEqualTo("Task completed");
        assertThat(manager.lines()).noneMatch(line -> line.endsWith("/return"));
        done(worker.stop());
    }

    @Test
    void odd_answers_to_may_i_run_do_not_stop_the_asking() throws Exception {
        manager.hasTask(TASK, command("sleep", "time_in_seconds", 1000))
                .next(
                        "GET /may-i-run/" + TASK,
                        Answer.of(200, "not JSON"),
                        Answer.of(500),
                        Answer.of(200, "{\"unknown\": 1}"),
                        Answer.of(200, "{\"may_keep_running\": \"no\"}"),
                        Answer.of(200, "{\"may_keep_running\": false}"));

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /tasks/" + TASK + "/return").isEmpty());
        assertThat(manager.calls("GET /may-i-run/" + TASK)).hasSizeGreaterThanOrEqualTo(5);
        done(worker.stop());
    }

    @Test
    void catalogue_26_a_worker_falls_asleep_when_its_manager_wants_it_and_hands_its_task_back() throws Exception {
        manager.hasTask(TASK, command("sleep", "time_in_seconds", 1000))
                .next(
                        "GET /may-i-run/" + TASK,
                        Answer.of(
                                200,
                                "{\"may_keep_running\": false, \"reason\": \"ĉu\", \"status_requested\": \"asleep\"}"));

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /ack-status-change/asleep").isEmpty());
        await().until(() -> !manager.calls("POST /tasks/" + TASK + "/return").isEmpty());
        done(worker.wake());
        await().until(() -> !manager.calls("POST /ack-status-change/awake").isEmpty());
        done(worker.stop());
    }

    @Test
    void a_task_that_comes_when_the_worker_has_fallen_asleep_is_handed_back() throws Exception {
        Promise<Void> arrives = Promise.promise();
        manager.hasTask(TASK, command("sleep", "time_in_seconds", 1000)).holds("POST /task", arrives.future());
        WorkerRole worker = trial.start();
        await().until(() -> manager.calls("POST /task").size() == 1);
        done(worker.sleep());
        assertThat(done(worker.describe())).contains("state=ASLEEP", "asking for a task");

        arrives.complete();

        await().until(() -> manager.calls("POST /tasks/" + TASK + "/return").size() == 1);
        assertThat(manager.log(TASK))
                .contains("Worker 5b5b5b5b5b5b5b5b5b5b5b5b (rosette) stopped running this task, "
                        + "because it does not take tasks now");
        done(worker.stop());
        assertThat(manager.calls("POST /task")).as("asleep it asks no more").hasSize(1);
    }

    @Test
    void catalogue_13_stopping_ends_what_runs_and_leaves_the_task_active() throws Exception {
        Path pid = trial.data.resolveSibling("pid");
        manager.hasTask(TASK, command("exec", "cmd", "/bin/sh -c 'echo $$ > " + pid + "; exec sleep 1000'"));
        WorkerRole worker = trial.start();
        await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());

        done(worker.stop());

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .isEmpty();
        assertThat(manager.lastStatus(TASK)).contains("active");
        assertThat(manager.log(TASK)).anyMatch(line -> line.startsWith("exec: TERMinating subprocess pid="));
        assertThat(manager.calls("POST /sign-off")).hasSize(1);
        assertThat(manager.lines()).endsWith("POST /sign-off");
    }
}

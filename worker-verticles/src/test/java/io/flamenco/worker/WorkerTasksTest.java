package io.flamenco.worker;

import static io.flamenco.worker.FakeManager.command;
import static io.flamenco.worker.WorkerTrial.TASK;
import static io.flamenco.worker.WorkerTrial.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.time.TickedTime;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.FakeManager.Call;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Worker and its Manager: how it gets tasks, carries them out and reports on them. */
class WorkerTasksTest {

    private static final String UPDATE = "POST /tasks/" + TASK + "/update";

    /** So often nobody asks within a minute who rests in between. */
    private static final int ASKED_AT_ONCE = 50;

    private final WorkerTrial trial;
    private final FakeManager manager;

    WorkerTasksTest(@TempDir Path directory) throws Exception {
        trial = new WorkerTrial(directory);
        manager = trial.manager;
    }

    @AfterEach
    void close() throws Exception {
        trial.close();
    }

    @Test
    void catalogue_5_a_task_is_carried_out_and_reported() throws Exception {
        manager.hasTask(
                TASK, command("echo", "message", "Preparing to sleep"), command("sleep", "time_in_seconds", 0.1));

        WorkerRole worker = trial.start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("completed")));
        List<JsonObject> updates = manager.updates(TASK);
        assertThat(updates.getFirst())
                .isEqualTo(new JsonObject()
                        .put("task_status", "active")
                        .put("activity", "")
                        .put("task_progress_percentage", 0)
                        .put("current_command_idx", 0)
                        .put("command_progress_percentage", 0)
                        .put("metrics", new JsonObject()));
        JsonObject last = updates.getLast();
        assertThat(last.getString("activity")).isEqualTo("Task completed");
        assertThat(last.getInteger("current_command_idx")).isEqualTo(1);
        assertThat(last.getInteger("task_progress_percentage")).isEqualTo(100);
        assertThat(last.getJsonObject("metrics").getJsonObject("timing").getDouble("total"))
                .isBetween(0.1, 60.0);
        assertThat(manager.log(TASK))
                .containsSubsequence(
                        "echo: Starting",
                        "Preparing to sleep",
                        "echo: Finished",
                        "Sleeping for 0.1 seconds",
                        "sleep: Finished");
        done(worker.stop());
    }

    @Test
    void catalogue_33_a_program_is_logged_from_its_start_to_its_end() throws Exception {
        manager.hasTask(TASK, command("exec", "cmd", "/bin/sh -c 'echo one; echo two'"));

        WorkerRole worker = trial.start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("completed")));
        assertThat(manager.log(TASK).stream()
                        .map(line -> line.replaceAll("pid=\\d+", "pid=N").replaceAll("\\{.*", "{}")))
                .containsExactly(
                        "exec: Starting",
                        "exec: Executing /bin/sh -c 'echo one; echo two'",
                        "pid=N > one",
                        "pid=N > two",
                        "exec: Subprocess /bin/sh -c 'echo one; echo two': Process pid=N exited with status code 0",
                        "exec: command timing information: {}",
                        "exec: Finished",
                        "Aggregated task timing info: {}");
        JsonObject last = manager.updates(TASK).getLast();
        assertThat(last.getInteger("command_progress_percentage")).isEqualTo(100);
        assertThat(last.getInteger("current_command_idx")).isZero();
        done(worker.stop());
    }

    @Test
    void catalogue_35_94_a_program_that_fails_is_logged_and_measured_all_the_same() throws Exception {
        manager.hasTask(TASK, command("exec", "cmd", "/bin/sh -c 'echo oh dear; exit 1'"));

        WorkerRole worker = trial.start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.log(TASK))
                .anyMatch(line -> line.endsWith("> oh dear"))
                .anyMatch(line -> line.endsWith("exited with status code 1"))
                .anyMatch(line -> line.matches("exec\\.\\(.*\\): Error executing: Command .* failed with status 1"))
                .anyMatch(line -> line.startsWith("exec: command timing information: {\"total\":"));
        JsonObject last = manager.updates(TASK).getLast();
        assertThat(last.getString("activity")).endsWith("failed with status 1");
        assertThat(last.getJsonObject("metrics").getJsonObject("timing").getDouble("total"))
                .isPositive();
        done(worker.stop());
    }

    @Test
    void invalid_settings_fail_the_task_with_the_reason() throws Exception {
        manager.hasTask(TASK, command("exec", "cmd", new JsonArray().add("ls")));

        WorkerRole worker = trial.start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.updates(TASK).getLast().getString("activity"))
                .isEqualTo("exec.(task_id=" + TASK + ", command_idx=0): Invalid settings: \"cmd\" must be a string");
        done(worker.stop());
    }

    @Test
    void a_worker_that_may_not_run_any_program_says_so_and_does_the_rest() throws Exception {
        trial.yaml.put("exec_enabled", false);
        manager.hasTask(
                TASK, command("echo", "message", "first"), command("exec", "cmd", "touch " + trial.data + "/made"));

        WorkerRole worker = trial.start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.log(TASK)).contains("first");
        assertThat(manager.updates(TASK).getLast().getString("activity"))
                .isEqualTo("exec.(task_id=" + TASK + ", command_idx=1): Invalid settings: this Worker does not run the"
                        + " command exec, its setting exec_enabled says so; run the task on another Worker");
        assertThat(trial.data.resolve("made")).doesNotExist();
        done(worker.stop());
    }

    @Test
    void an_unknown_command_fails_the_task_after_those_before_it_have_run() throws Exception {
        manager.hasTask(TASK, command("echo", "message", "first"), command("nonexistent"));

        WorkerRole worker = trial.start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.log(TASK)).contains("first");
        assertThat(manager.updates(TASK).getLast().getString("activity"))
                .isEqualTo("Command 1 of task " + TASK + " has unknown command name 'nonexistent'");
        done(worker.stop());
    }

    @Test
    void catalogue_8_an_answer_that_is_no_task_does_not_end_the_asking() throws Exception {
        TickedTime time = new TickedTime(Instant.parse("2026-11-22T00:00:00Z"));
        manager.next("POST /task", Answer.of(200, "no task"), Answer.of(200, "{\"_id\": 7}"), Answer.of(500))
                .hasTask(TASK, command("echo", "message", "at last"));

        WorkerRole worker = done(WorkerRole.start(
                trial.vertx, WorkerConfig.read("worker.yaml", trial.yaml, trial.data, Map.of()), time, time));

        await().until(() -> {
            time.tick(Duration.ofSeconds(1));
            return manager.lastStatus(TASK).equals(Optional.of("completed"));
        });
        assertThat(manager.calls("POST /task")).hasSizeGreaterThanOrEqualTo(4);
        done(worker.stop());
    }

    @Test
    void single_mode_ends_after_one_task() throws Exception {
        trial.yaml.put("single", true);
        manager.thatWaits().hasTask(TASK, command("echo", "message", "once"));

        WorkerRole worker = trial.start();

        assertThat(done(worker.ended())).isZero();
        assertThat(manager.lastStatus(TASK)).contains("completed");
        assertThat(manager.calls("POST /task")).hasSize(1);
        assertThat(manager.lines()).endsWith("POST /sign-off");
    }

    @Test
    void a_manager_that_can_wait_is_asked_again_at_once() throws Exception {
        manager.thatWaits();

        WorkerRole worker = trial.start();

        await().until(() -> manager.calls("POST /task").size() >= ASKED_AT_ONCE);
        done(worker.stop());
    }

    @Test
    void the_next_task_is_asked_for_only_when_the_manager_knows_what_became_of_the_last() throws Exception {
        manager.thatWaits();
        List<String> tasks = List.of("%024x".formatted(1), "%024x".formatted(2), "%024x".formatted(3));
        tasks.forEach(task -> manager.hasTask(task, command("echo", "message", "quick")));

        WorkerRole worker = trial.start();

        await().until(() ->
                tasks.stream().allMatch(task -> manager.lastStatus(task).isPresent())
                        && manager.calls("POST /task").size() > 3);
        List<Call> calls = manager.calls();
        List<Integer> asked = IntStream.range(0, calls.size())
                .filter(i -> calls.get(i).line().equals("POST /task"))
                .boxed()
                .toList();
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(asked.get(i + 1)).isGreaterThan(indexOfCompleted(calls, tasks.get(i)));
        }
        done(worker.stop());
    }

    @Test
    void updates_wait_in_the_outbox_while_the_manager_refuses_them() throws Exception {
        manager.hasTask(TASK, command("echo", "message", "patience"))
                .next(UPDATE, Answer.of(500), Answer.of(503), Answer.of(400));

        WorkerRole worker = trial.start();

        await().until(() -> manager.log(TASK).contains("patience"));
        List<Call> updates = manager.calls(UPDATE);
        assertThat(updates.subList(0, 4))
                .extracting(Call::key)
                .containsOnly(updates.getFirst().key());
        assertThat(updates.get(4).key()).isNotEqualTo(updates.getFirst().key());
        done(worker.stop());
    }

    @Test
    void updates_that_the_manager_will_never_take_are_dropped() throws Exception {
        manager.hasTask(TASK, command("echo", "message", "gone"))
                .next(UPDATE, Answer.of(404, "Task is unknown."), Answer.of(409));

        WorkerRole worker = trial.start();

        await().until(() ->
                manager.calls(UPDATE).stream().anyMatch(call -> call.body().contains("\"completed\"")));
        done(worker.stop());
        assertThat(manager.calls(UPDATE)).extracting(Call::key).doesNotHaveDuplicates();
    }

    private static int indexOfCompleted(List<Call> calls, String task) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).path().contains(task) && calls.get(i).body().contains("\"completed\"")) {
                return i;
            }
        }
        throw new AssertionError("never completed: " + task);
    }
}

package io.flamenco.worker;

import static io.flamenco.worker.FakeManager.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.FakeManager.Call;
import io.flamenco.worker.bus.WorkerMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Worker against a Manager that is a small fake with a memory. */
class WorkerRoleTest {

    private static final String TASK = "58514d1e9837734f2e71b479";
    private static final String UPDATE = "POST /tasks/" + TASK + "/update";

    /** So often nobody asks within a minute who rests in between. */
    private static final int ASKED_AT_ONCE = 50;

    private final Vertx vertx = Vertx.vertx();
    private FakeManager manager;
    private Path data;
    private final JsonObject yaml = new JsonObject();

    @BeforeEach
    void startManager(@TempDir Path temporary) throws Exception {
        data = temporary.resolve("worker");
        manager = FakeManager.start(vertx);
        yaml.put("manager_url", manager.url().toString())
                .put("may_i_run_interval_seconds", 0.1)
                .put("push_log_max_interval_seconds", 0.2)
                .put("nickname", "rosette");
    }

    @AfterEach
    void stopAll() throws Exception {
        done(vertx.close());
    }

    @Test
    void catalogue_2_a_new_worker_registers_and_keeps_its_credentials_for_itself() throws Exception {
        WorkerRole worker = start();

        await().until(() -> !manager.calls("POST /task").isEmpty());
        Call registration = manager.calls("POST /register-worker").getFirst();
        assertThat(registration.authorization()).isEmpty();
        assertThat(registration.json().getString("secret")).hasSize(64);
        assertThat(registration.json().getString("platform")).isEqualTo("linux");
        assertThat(registration.json().getString("nickname")).isEqualTo("rosette");
        assertThat(manager.calls("POST /sign-on")).isEmpty();
        Path file = data.resolve("credentials.yaml");
        assertThat(Files.readString(file))
                .contains("5b5b5b5b5b5b5b5b5b5b5b5b", registration.json().getString("secret"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        done(worker.stop());
    }

    @Test
    void the_shared_secret_is_proven_by_a_signed_token_and_never_sent() throws Exception {
        yaml.put("worker_registration_secret", "samen");

        done(start().stop());

        Call registration = manager.calls("POST /register-worker").getFirst();
        assertThat(registration.authorization().orElseThrow()).startsWith("Bearer eyJ");
        assertThat(registration.body()).doesNotContain("samen");
    }

    @Test
    void catalogue_1_a_known_worker_signs_on() throws Exception {
        known();

        done(start().stop());

        assertThat(manager.calls("POST /register-worker")).isEmpty();
        Call signOn = manager.calls("POST /sign-on").getFirst();
        assertThat(signOn.authorization()).contains("Basic aWQ6Z2VoZWlt");
        assertThat(signOn.json().getString("nickname")).isEqualTo("rosette");
        assertThat(signOn.json().getJsonArray("supported_task_types")).contains("blender-render");
        assertThat(manager.lines()).endsWith("POST /sign-off");
    }

    @Test
    void catalogue_4_a_worker_that_its_manager_forgot_registers_anew_and_signs_on_again() throws Exception {
        known();
        manager.next("POST /sign-on", Answer.of(401));

        WorkerRole worker = start();

        await().until(() -> !manager.calls("POST /task").isEmpty());
        assertThat(manager.lines().subList(0, 4))
                .containsExactly("POST /sign-on", "POST /register-worker", "POST /sign-on", "POST /task");
        assertThat(Files.readString(data.resolve("credentials.yaml"))).contains("5b5b5b5b5b5b5b5b5b5b5b5b");
        done(worker.stop());
    }

    @Test
    void a_worker_that_is_forgotten_while_it_runs_registers_anew() throws Exception {
        known();
        manager.next("POST /task", Answer.of(401)).next("POST /sign-on", Answer.of(204), Answer.of(401));

        WorkerRole worker = start();

        await().until(() -> manager.calls("POST /sign-on").size() == 3);
        assertThat(manager.calls("POST /register-worker")).hasSize(1);
        done(worker.stop());
    }

    @Test
    void a_worker_that_is_not_let_in_ends_with_a_failure() throws Exception {
        manager.always("POST /register-worker", Answer.of(403, "Invalid Bearer token for registration"));

        WorkerRole worker = start();

        assertThat(done(worker.ended())).isEqualTo(1);
        assertThat(manager.calls("POST /task")).isEmpty();
    }

    @Test
    void a_manager_that_cannot_be_reached_yet_is_tried_again() throws Exception {
        manager.next("POST /register-worker", Answer.of(500));

        WorkerRole worker = start();

        await().until(() -> !manager.calls("POST /task").isEmpty());
        assertThat(manager.calls("POST /register-worker")).hasSize(2);
        done(worker.stop());
    }

    @Test
    void a_damaged_credentials_file_is_named_with_the_remedy() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("credentials.yaml"), "worker_id: [oops");

        assertThatThrownBy(() -> start())
                .hasMessageContaining(data.resolve("credentials.yaml").toString())
                .hasMessageContaining("delete it to let the Worker register anew");
    }

    @Test
    void two_workers_cannot_share_a_data_directory() throws Exception {
        WorkerRole first = start();

        assertThatThrownBy(() -> start()).hasMessageContaining("Another Worker uses the data directory");

        done(first.stop());
        done(start().stop());
    }

    @Test
    void catalogue_5_a_task_is_carried_out_and_reported() throws Exception {
        manager.hasTask(
                TASK, command("echo", "message", "Preparing to sleep"), command("sleep", "time_in_seconds", 0.1));

        WorkerRole worker = start();

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

        WorkerRole worker = start();

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

        WorkerRole worker = start();

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

        WorkerRole worker = start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.updates(TASK).getLast().getString("activity"))
                .isEqualTo("exec.(task_id=" + TASK + ", command_idx=0): Invalid settings: \"cmd\" must be a string");
        done(worker.stop());
    }

    @Test
    void a_worker_that_may_not_run_any_program_says_so_and_does_the_rest() throws Exception {
        yaml.put("exec_enabled", false);
        manager.hasTask(TASK, command("echo", "message", "first"), command("exec", "cmd", "touch " + data + "/made"));

        WorkerRole worker = start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.log(TASK)).contains("first");
        assertThat(manager.updates(TASK).getLast().getString("activity"))
                .isEqualTo("exec.(task_id=" + TASK + ", command_idx=1): Invalid settings: this Worker does not run the"
                        + " command exec, its setting exec_enabled says so; run the task on another Worker");
        assertThat(data.resolve("made")).doesNotExist();
        done(worker.stop());
    }

    @Test
    void an_unknown_command_fails_the_task_after_those_before_it_have_run() throws Exception {
        manager.hasTask(TASK, command("echo", "message", "first"), command("nonexistent"));

        WorkerRole worker = start();

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("failed")));
        assertThat(manager.log(TASK)).contains("first");
        assertThat(manager.updates(TASK).getLast().getString("activity"))
                .isEqualTo("Command 1 of task " + TASK + " has unknown command name 'nonexistent'");
        done(worker.stop());
    }

    @Test
    void catalogue_6_23_24_25_a_task_that_may_not_run_any_longer_is_stopped_and_returned() throws Exception {
        manager.hasTask(TASK, command("sleep", "time_in_seconds", 1000))
                .next(
                        "GET /may-i-run/" + TASK,
                        Answer.of(200, "{\"may_keep_running\": true}"),
                        Answer.of(200, "{\"may_keep_running\": false, \"reason\": \"because\"}"));

        WorkerRole worker = start();

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
        Path go = data.resolveSibling("go");
        String script = "until test -e " + go + "; do sleep 0.02; done";
        manager.hasTask(TASK, command("exec", "cmd", "/bin/sh -c '" + script + "'"));
        WorkerRole worker = start();
        await().until(() -> !manager.updates(TASK).isEmpty());

        TaskId other = new TaskId("%024x".formatted(4711));
        done(new FarmBus(vertx)
                .ask(WorkerParts.addresses(data).stopTask(), new WorkerMessages.StopTask(other, "no reason")));
        Files.createFile(go);

        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("completed")));
        assertThat(manager.updates(TASK).getLast().getString("activity")).isEqualTo("Task completed");
        assertThat(manager.lines()).noneMatch(line -> line.endsWith("/return"));
        done(worker.stop());
    }

    @Test
    void catalogue_8_an_answer_that_is_no_task_does_not_end_the_asking() throws Exception {
        TickedTime time = new TickedTime(Instant.parse("2026-11-22T00:00:00Z"));
        manager.next("POST /task", Answer.of(200, "no task"), Answer.of(200, "{\"_id\": 7}"), Answer.of(500))
                .hasTask(TASK, command("echo", "message", "at last"));

        WorkerRole worker =
                done(WorkerRole.start(vertx, WorkerConfig.read("worker.yaml", yaml, data, Map.of()), time, time));

        await().until(() -> {
            time.tick(Duration.ofSeconds(1));
            return manager.lastStatus(TASK).equals(Optional.of("completed"));
        });
        assertThat(manager.calls("POST /task")).hasSizeGreaterThanOrEqualTo(4);
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

        WorkerRole worker = start();

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

        WorkerRole worker = start();

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
        WorkerRole worker = start();
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
    void a_locked_worker_takes_the_status_that_is_wanted() throws Exception {
        manager.next("POST /task", Answer.of(423, "{\"status_requested\": \"shutdown\"}"));

        WorkerRole worker = start();

        assertThat(done(worker.ended())).isZero();
        assertThat(manager.lines()).endsWith("POST /sign-off").doesNotContain("POST /ack-status-change/shutdown");
    }

    @Test
    void catalogue_13_stopping_ends_what_runs_and_leaves_the_task_active() throws Exception {
        Path pid = data.resolveSibling("pid");
        manager.hasTask(TASK, command("exec", "cmd", "/bin/sh -c 'echo $$ > " + pid + "; exec sleep 1000'"));
        WorkerRole worker = start();
        await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());

        done(worker.stop());

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .isEmpty();
        assertThat(manager.lastStatus(TASK)).contains("active");
        assertThat(manager.log(TASK)).anyMatch(line -> line.startsWith("exec: TERMinating subprocess pid="));
        assertThat(manager.calls("POST /sign-off")).hasSize(1);
        assertThat(manager.lines()).endsWith("POST /sign-off");
    }

    @Test
    void single_mode_ends_after_one_task() throws Exception {
        yaml.put("single", true);
        manager.thatWaits().hasTask(TASK, command("echo", "message", "once"));

        WorkerRole worker = start();

        assertThat(done(worker.ended())).isZero();
        assertThat(manager.lastStatus(TASK)).contains("completed");
        assertThat(manager.calls("POST /task")).hasSize(1);
        assertThat(manager.lines()).endsWith("POST /sign-off");
    }

    @Test
    void testing_mode_is_told_to_the_manager() throws Exception {
        yaml.put("test", true);

        WorkerRole worker = start();

        await().until(() -> !manager.calls("POST /ack-status-change/testing").isEmpty());
        assertThat(manager.calls("POST /register-worker").getFirst().json().getJsonArray("supported_task_types"))
                .containsExactly("test-blender-render");
        done(worker.stop());
    }

    @Test
    void a_manager_that_can_wait_is_asked_again_at_once() throws Exception {
        manager.thatWaits();

        WorkerRole worker = start();

        await().until(() -> manager.calls("POST /task").size() >= ASKED_AT_ONCE);
        done(worker.stop());
    }

    @Test
    void the_next_task_is_asked_for_only_when_the_manager_knows_what_became_of_the_last() throws Exception {
        manager.thatWaits();
        List<String> tasks = List.of("%024x".formatted(1), "%024x".formatted(2), "%024x".formatted(3));
        tasks.forEach(task -> manager.hasTask(task, command("echo", "message", "quick")));

        WorkerRole worker = start();

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

    private static int indexOfCompleted(List<Call> calls, String task) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).path().contains(task) && calls.get(i).body().contains("\"completed\"")) {
                return i;
            }
        }
        throw new AssertionError("never completed: " + task);
    }

    @Test
    void a_failed_path_check_puts_the_worker_in_error() throws Exception {
        yaml.put(
                "pre_task_check",
                new JsonObject().put("read.0", data.resolve("missing").toString()));

        WorkerRole worker = start();

        await().until(() -> !manager.calls("POST /ack-status-change/error").isEmpty());
        assertThat(manager.calls("POST /task")).isEmpty();
        done(worker.stop());
    }

    @Test
    void updates_wait_in_the_outbox_while_the_manager_refuses_them() throws Exception {
        manager.hasTask(TASK, command("echo", "message", "patience"))
                .next(UPDATE, Answer.of(500), Answer.of(503), Answer.of(400));

        WorkerRole worker = start();

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

        WorkerRole worker = start();

        await().until(() ->
                manager.calls(UPDATE).stream().anyMatch(call -> call.body().contains("\"completed\"")));
        done(worker.stop());
        assertThat(manager.calls(UPDATE)).extracting(Call::key).doesNotHaveDuplicates();
    }

    private void known() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("credentials.yaml"), "worker_id: id\nworker_secret: geheim\n");
    }

    private WorkerRole start() throws Exception {
        return done(WorkerRole.start(vertx, WorkerConfig.read("worker.yaml", yaml, data, Map.of())));
    }

    private static <T> T done(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}

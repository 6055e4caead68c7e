package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.platform.Machine;
import io.flamenco.worker.platform.OperatingSystem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WorkerSlotsTest {

    private final Vertx vertx = Vertx.vertx();
    private FakeManager manager;
    private Path data;
    private List<WorkerConfig> configs;

    @BeforeEach
    void configure(@TempDir Path temporary) throws Exception {
        data = temporary.resolve("worker");
        manager = FakeManager.start(vertx);
        JsonObject yaml =
                new JsonObject().put("manager_url", manager.url().toString()).put("nickname", "rosette");
        configs = WorkerConfig.readSlots("worker.yaml", yaml, data, Map.of(), 3);
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    @Test
    void each_slot_is_a_worker_of_its_own() throws Exception {
        WorkerSlots slots = done(WorkerSlots.start(vertx, configs));

        await().until(() -> manager.calls("POST /task").size() >= 3);
        assertThat(manager.calls("POST /register-worker"))
                .extracting(call -> call.json().getString("nickname"))
                .containsExactlyInAnyOrder("rosette-1", "rosette-2", "rosette-3");
        assertThat(manager.calls("POST /register-worker").stream()
                        .map(call -> call.json().getString("secret"))
                        .distinct())
                .hasSize(3);
        done(slots.stop());
        assertThat(done(slots.ended())).isZero();
        assertThat(manager.calls("POST /sign-off")).hasSize(3);
    }

    @Test
    void when_one_slot_cannot_start_none_stays() throws Exception {
        Files.createDirectories(data.resolve("slot-2"));
        Files.writeString(data.resolve("slot-2/credentials.yaml"), "nonsense");

        assertThatThrownBy(() -> done(WorkerSlots.start(vertx, configs))).hasMessageContaining("slot-2");

        await().until(() -> manager.calls("POST /sign-off").size()
                == manager.calls("POST /register-worker").size());
    }

    @Test
    void signals_send_a_worker_to_sleep_and_wake_it_and_tell_first_what_it_does() throws Exception {
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        Logger log = (Logger) LoggerFactory.getLogger(WorkerSignals.class);
        log.setLevel(Level.INFO);
        log.addAppender(told);
        String task = "%024x".formatted(1);
        manager.hasTask(task, FakeManager.command("sleep", "time_in_seconds", 1000));
        WorkerRole worker = done(WorkerRole.start(vertx, configs.getFirst()));
        await().until(() -> manager.lastStatus(task).isPresent());
        WorkerSignals.install(OperatingSystem.LINUX, List.of(worker));

        signal("POLL");
        await().until(() -> told.list.size() == 1);
        assertThat(manager.lines()).noneMatch(line -> line.contains("ack-status-change"));
        signal("USR1");
        await().until(() -> manager.calls("POST /ack-status-change/asleep").size() == 1);
        await().until(() -> manager.calls("POST /tasks/" + task + "/return").size() == 1);
        signal("USR2");
        await().until(() -> manager.calls("POST /ack-status-change/awake").size() == 1);

        assertThat(told.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("worker=5b5b5b5b5b5b5b5b5b5b5b5b state=AWAKE doing=\"task=" + task
                                        + " command=0")
                                .contains("outbox="),
                        second -> assertThat(second).contains("state=AWAKE", "task=" + task),
                        third -> assertThat(third).contains("state=ASLEEP"));
        log.detachAppender(told);
        done(worker.stop());
    }

    @Test
    void windows_has_no_such_signals() {
        assertThat(WorkerSignals.actions(OperatingSystem.WINDOWS, List.of())).isEmpty();
        assertThat(WorkerSignals.actions(OperatingSystem.LINUX, List.of())).containsOnlyKeys("USR1", "USR2", "POLL");
        assertThat(WorkerSignals.actions(OperatingSystem.MACOS, List.of())).containsOnlyKeys("USR1", "USR2", "INFO");
    }

    @Test
    void systems_have_the_names_of_the_protocol() {
        assertThat(OperatingSystem.ofJavaName("Mac OS X").orElseThrow().wire()).isEqualTo("darwin");
        assertThat(OperatingSystem.ofJavaName("Windows 11").orElseThrow().wire())
                .isEqualTo("windows");
        assertThat(OperatingSystem.ofJavaName("Linux").orElseThrow().wire()).isEqualTo("linux");
        assertThat(OperatingSystem.ofJavaName("OS/2")).isEmpty();
    }

    @Test
    void catalogue_50_subprocesses_do_not_see_our_libraries() {
        Machine machine = new Machine(
                OperatingSystem.LINUX, "host", Map.of("LD_LIBRARY_PATH", "/ours", "HOME", "/home"), ZoneOffset.UTC);

        assertThat(machine.environment()).containsExactly(Map.entry("HOME", "/home"));
    }

    @Test
    void the_highest_exit_code_counts() throws Exception {
        manager.next("POST /register-worker", Answer.of(403, "no"));

        WorkerSlots slots = done(WorkerSlots.start(vertx, configs));
        await().until(() -> manager.calls("POST /task").size() >= 2
                && slots.workers().stream().anyMatch(worker -> worker.ended().isComplete()));
        done(slots.stop());

        assertThat(done(slots.ended())).isEqualTo(1);
    }

    private static void signal(String name) throws Exception {
        long self = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("/bin/kill", "-" + name, Long.toString(self))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static <T> T done(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}

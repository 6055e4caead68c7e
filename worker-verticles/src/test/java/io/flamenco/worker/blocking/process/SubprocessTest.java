package io.flamenco.worker.blocking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.worker.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubprocessTest {

    private static final ProgramMark ANYWHERE_ELSE = new ProgramMark(Path.of("/no/such/directory"), "test");

    private final ProgramTrial trial;

    SubprocessTest(@TempDir Path temporary) {
        trial = new ProgramTrial(temporary);
    }

    @Test
    void each_line_is_logged_with_the_process_id_and_the_end_is_told() throws Exception {
        trial.run("/bin/sh", "-c", "echo one; echo two >&2");

        assertThat(trial.log.get(0)).isEqualTo("exec: Executing /bin/sh -c 'echo one; echo two >&2'");
        assertThat(trial.log.get(1)).matches("pid=\\d+ > one");
        assertThat(trial.log.get(2)).matches("pid=\\d+ > two");
        assertThat(trial.log.get(3))
                .matches("exec: Subprocess /bin/sh -c '.*': Process pid=\\d+ exited with status code 0");
        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void a_program_that_fails_names_its_status() {
        assertThatThrownBy(() -> trial.run("/bin/sh", "-c", "exit 3"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageMatching("Command /bin/sh -c 'exit 3' \\(pid=\\d+\\) failed with status 3");
    }

    @Test
    void a_program_that_a_signal_ended_names_the_signal() {
        assertThatThrownBy(() -> trial.run("/bin/sh", "-c", "kill -SEGV $$"))
                .hasMessageMatching("Subprocess .* \\(pid=\\d+\\) terminated by signal SIGSEGV \\(11\\)");
        assertThat(trial.log.getLast()).contains("terminated due to signal SIGSEGV (11)");
    }

    @Test
    void a_program_that_is_not_there_fails_the_command() {
        assertThatThrownBy(() -> trial.run("/no/such/program")).isInstanceOf(CommandFailure.class);
    }

    @Test
    void catalogue_34_output_in_another_encoding_is_logged_all_the_same() throws Exception {
        trial.run("/bin/sh", "-c", "printf 'caf\\351\\n'");

        assertThat(trial.log.get(1)).endsWith("> caf�");
    }

    @Test
    void a_flood_of_output_waits_for_its_reader() throws Exception {
        AtomicLong lines = new AtomicLong();

        new Subprocess(
                        "exec",
                        List.of("/bin/sh", "-c", "yes | head -300000"),
                        trial.surroundings(Duration.ofHours(1)),
                        trial.log::add)
                .run((pid, line) -> {
                    lines.incrementAndGet();
                    return Optional.empty();
                });

        assertThat(lines).hasValue(300_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopping_ends_the_whole_tree_even_what_ignores_the_request(boolean ownGroup) throws Exception {
        // Given
        trial.trees = ownGroup ? trial.trees : new ProcessTrees(OperatingSystem.MACOS, Optional.empty(), ANYWHERE_ELSE);
        Path pids = trial.directory.resolve("pids");
        String script = "trap '' TERM; sleep 1000 & echo $! > " + pids + "; echo $$ >> " + pids + "; wait; sleep 1000";
        Thread command = Thread.ofVirtual().start(() -> {
            try {
                trial.run("/bin/sh", "-c", script);
            } catch (CommandFailure | InterruptedException e) {
                trial.log.add("ended: " + e.getClass().getSimpleName());
            }
        });
        await().until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        List<Long> running =
                Files.readAllLines(pids).stream().map(Long::valueOf).toList();

        // When
        command.interrupt();
        command.join();

        // Then
        assertThat(trial.log).anyMatch(line -> line.startsWith("exec: TERMinating subprocess pid="));
        assertThat(trial.log).anyMatch(line -> line.startsWith("exec: KILLing subprocess pid="));
        assertThat(trial.log.getLast()).isEqualTo("ended: InterruptedException");
        await().untilAsserted(() ->
                assertThat(running).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void a_grandchild_that_keeps_the_output_open_is_ended_with_its_parent() throws Exception {
        Path pid = trial.directory.resolve("pid");

        trial.run("/bin/sh", "-c", "sleep 1000 & echo $! > " + pid);

        long grandchild = Long.parseLong(Files.readString(pid).strip());
        await().untilAsserted(() -> assertThat(ProcessHandle.of(grandchild)).isEmpty());
    }

    @Test
    void what_a_stopped_program_started_in_a_session_of_its_own_is_ended_too() throws Exception {
        // Given
        Path pid = trial.directory.resolve("pid");
        String escape = "setsid sh -c 'echo $$ > " + pid + "; exec sleep 1000' >/dev/null 2>&1 & sleep 1000";
        Thread command = Thread.ofVirtual().start(() -> {
            try {
                trial.run("/bin/sh", "-c", escape);
            } catch (CommandFailure | InterruptedException e) {
                trial.log.add("ended: " + e.getClass().getSimpleName());
            }
        });
        await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
        long escaped = Long.parseLong(Files.readString(pid).strip());

        // When
        command.interrupt();
        command.join();

        // Then
        await().untilAsserted(() -> assertThat(ProcessHandle.of(escaped)).isEmpty());
    }

    @Test
    void what_was_never_remembered_is_found_by_its_mark() throws Exception {
        ProcessBuilder unremembered = new ProcessBuilder("/bin/sh", "-c", "sleep 1000 & wait");
        unremembered.environment().put(ProgramMark.VARIABLE, trial.mark.worker());
        Process orphan = unremembered.start();
        ProcessBuilder another = new ProcessBuilder("sleep", "1000");
        another.environment().put(ProgramMark.VARIABLE, trial.mark.worker() + "/slot-2");
        Process ofAnother = another.start();
        await().until(() ->
                orphan.descendants().count() == 1 && trial.mark.bearers().size() == 2);

        assertThat(trial.trees.killLeftOver()).isEqualTo(2);

        assertThat(orphan.waitFor()).isNotZero();
        await().until(() -> trial.trees.killLeftOver() == 0);
        assertThat(ofAnother.isAlive()).isTrue();
        ofAnother.destroy();
    }

    @Test
    void where_the_environment_of_others_is_hidden_nothing_is_found() {
        assertThat(ANYWHERE_ELSE.bearers()).isEmpty();
    }

    @Test
    void a_program_that_falls_silent_is_stopped() {
        assertThatThrownBy(() -> new Subprocess(
                                "exec",
                                List.of("sleep", "1000"),
                                trial.surroundings(Duration.ofMillis(300)),
                                trial.log::add)
                        .run(LineHandler.logging()))
                .hasMessageContaining("timed out");
        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void catalogue_41_without_a_file_nothing_is_remembered() throws Exception {
        Subprocess.Surroundings forgetful = new Subprocess.Surroundings(
                trial.trees, null, ProgramTrial.ENVIRONMENT, Duration.ofHours(1), ProgramTrial.GRACE, trial.rules);

        new Subprocess("exec", List.of("ls", trial.directory.toString()), forgetful, trial.log::add)
                .run(LineHandler.logging());

        assertThat(trial.log).hasSize(2).last().asString().endsWith("exited with status code 0");
    }

    @Test
    void catalogue_42_a_file_that_appears_meanwhile_stays_and_the_new_program_dies() throws Exception {
        Files.writeString(trial.pidFile, "4711");
        Path pid = trial.directory.resolve("pid");

        assertThatThrownBy(() -> trial.run("/bin/sh", "-c", "echo $$ > " + pid + "; exec sleep 1000"))
                .hasMessageContaining("exists");

        assertThat(Files.readString(trial.pidFile)).isEqualTo("4711");
        if (Files.exists(pid) && !Files.readString(pid).isBlank()) {
            assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                    .isEmpty();
        }
    }

    @Test
    void other_systems_have_no_process_groups_to_signal() {
        ProcessTrees windows = new ProcessTrees(OperatingSystem.WINDOWS, Optional.empty(), ANYWHERE_ELSE);

        assertThat(windows.inOwnGroup(List.of("blender.exe"))).containsExactly("blender.exe");
        assertThat(windows.groupSignal(12, "TERM")).isEmpty();
        assertThat(trial.trees.groupSignal(12, "TERM")).contains(List.of("/bin/kill", "-s", "TERM", "--", "-12"));
    }
}

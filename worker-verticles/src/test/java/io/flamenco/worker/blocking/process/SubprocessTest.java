package io.flamenco.worker.blocking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.worker.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubprocessTest {

    private static final Duration GRACE = Duration.ofMillis(400);
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");
    private static final ProgramMark ANYWHERE_ELSE = new ProgramMark(Path.of("/no/such/directory"), "test");

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final ProgramMark mark = ProgramMark.of(Path.of("test-" + UUID.randomUUID()));
    private ProgramRules rules = ProgramRules.none(OperatingSystem.LINUX);
    private ProcessTrees trees = ProcessTrees.here(OperatingSystem.LINUX, mark);
    private Path directory;
    private Path pidFile;

    @BeforeEach
    void namePidFile(@TempDir Path temporary) {
        directory = temporary;
        pidFile = directory.resolve("worker.pid");
    }

    @Test
    void each_line_is_logged_with_the_process_id_and_the_end_is_told() throws Exception {
        run("/bin/sh", "-c", "echo one; echo two >&2");

        assertThat(log.get(0)).isEqualTo("exec: Executing /bin/sh -c 'echo one; echo two >&2'");
        assertThat(log.get(1)).matches("pid=\\d+ > one");
        assertThat(log.get(2)).matches("pid=\\d+ > two");
        assertThat(log.get(3)).matches("exec: Subprocess /bin/sh -c '.*': Process pid=\\d+ exited with status code 0");
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void a_program_that_fails_names_its_status() {
        assertThatThrownBy(() -> run("/bin/sh", "-c", "exit 3"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageMatching("Command /bin/sh -c 'exit 3' \\(pid=\\d+\\) failed with status 3");
    }

    @Test
    void a_program_that_a_signal_ended_names_the_signal() {
        assertThatThrownBy(() -> run("/bin/sh", "-c", "kill -SEGV $$"))
                .hasMessageMatching("Subprocess .* \\(pid=\\d+\\) terminated by signal SIGSEGV \\(11\\)");
        assertThat(log.getLast()).contains("terminated due to signal SIGSEGV (11)");
    }

    @Test
    void a_program_that_is_not_there_fails_the_command() {
        assertThatThrownBy(() -> run("/no/such/program")).isInstanceOf(CommandFailure.class);
    }

    @Test
    void catalogue_34_output_in_another_encoding_is_logged_all_the_same() throws Exception {
        run("/bin/sh", "-c", "printf 'caf\\351\\n'");

        assertThat(log.get(1)).endsWith("> caf�");
    }

    @Test
    void a_flood_of_output_waits_for_its_reader() throws Exception {
        AtomicLong lines = new AtomicLong();

        new Subprocess("exec", List.of("/bin/sh", "-c", "yes | head -300000"), surroundings(GRACE), log::add)
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
        trees = ownGroup ? trees : new ProcessTrees(OperatingSystem.MACOS, Optional.empty(), ANYWHERE_ELSE);
        Path pids = directory.resolve("pids");
        String script = "trap '' TERM; sleep 1000 & echo $! > " + pids + "; echo $$ >> " + pids + "; wait; sleep 1000";
        Thread command = Thread.ofVirtual().start(() -> {
            try {
                run("/bin/sh", "-c", script);
            } catch (CommandFailure | InterruptedException e) {
                log.add("ended: " + e.getClass().getSimpleName());
            }
        });
        await().until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);
        List<Long> running =
                Files.readAllLines(pids).stream().map(Long::valueOf).toList();

        // When
        command.interrupt();
        command.join();

        // Then
        assertThat(log).anyMatch(line -> line.startsWith("exec: TERMinating subprocess pid="));
        assertThat(log).anyMatch(line -> line.startsWith("exec: KILLing subprocess pid="));
        assertThat(log.getLast()).isEqualTo("ended: InterruptedException");
        await().untilAsserted(() ->
                assertThat(running).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void a_grandchild_that_keeps_the_output_open_is_ended_with_its_parent() throws Exception {
        Path pid = directory.resolve("pid");

        run("/bin/sh", "-c", "sleep 1000 & echo $! > " + pid);

        long grandchild = Long.parseLong(Files.readString(pid).strip());
        await().untilAsserted(() -> assertThat(ProcessHandle.of(grandchild)).isEmpty());
    }

    @Test
    void what_a_stopped_program_started_in_a_session_of_its_own_is_ended_too() throws Exception {
        // Given
        Path pid = directory.resolve("pid");
        String escape = "setsid sh -c 'echo $$ > " + pid + "; exec sleep 1000' >/dev/null 2>&1 & sleep 1000";
        Thread command = Thread.ofVirtual().start(() -> {
            try {
                run("/bin/sh", "-c", escape);
            } catch (CommandFailure | InterruptedException e) {
                log.add("ended: " + e.getClass().getSimpleName());
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
        unremembered.environment().put(ProgramMark.VARIABLE, mark.worker());
        Process orphan = unremembered.start();
        ProcessBuilder another = new ProcessBuilder("sleep", "1000");
        another.environment().put(ProgramMark.VARIABLE, mark.worker() + "/slot-2");
        Process ofAnother = another.start();
        await().until(() -> orphan.descendants().count() == 1);

        assertThat(trees.killLeftOver()).isEqualTo(2);

        assertThat(orphan.waitFor()).isNotZero();
        assertThat(trees.killLeftOver()).isZero();
        assertThat(ofAnother.isAlive()).isTrue();
        ofAnother.destroy();
    }

    @Test
    void where_the_environment_of_others_is_hidden_nothing_is_found() {
        assertThat(ANYWHERE_ELSE.bearers()).isEmpty();
    }

    @Test
    void a_file_that_a_crash_left_empty_does_not_fail_the_next_task() throws Exception {
        Files.createFile(pidFile);

        file().stopOrphan();

        assertThat(pidFile).doesNotExist();
    }

    @Test
    void only_allowed_programs_are_run_whatever_they_are_called() throws Exception {
        Path alias = Files.createSymbolicLink(directory.resolve("alias"), Path.of("/bin/echo"));
        Path impostor = Files.copy(Path.of("/bin/true"), directory.resolve("echo"));
        rules = new ProgramRules(List.of("echo", "/usr/bin/ffmpeg"), Optional.empty(), OperatingSystem.LINUX);

        run("echo", "one");
        run("/bin/echo", "two");
        run(alias.toString(), "three");

        for (String program : List.of("/bin/sh", "sh", impostor.toString(), "/no/such/program")) {
            assertThatThrownBy(() -> run(program))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("This Worker does not run " + program
                            + ": it is not among allowed_programs in its settings (echo, /usr/bin/ffmpeg)");
        }
        assertThat(log).noneMatch(line -> line.contains("Executing /bin/sh"));
    }

    /** The names of one file of several programs decide which of them it is. */
    @Test
    void no_other_name_link_or_way_to_a_program_makes_it_another_one() throws Exception {
        Path several = Files.writeString(directory.resolve("several"), "#!/bin/sh\necho \"as ${0##*/}\"\n");
        several.toFile().setExecutable(true);
        Path allowed = Files.createSymbolicLink(directory.resolve("harmless"), several);
        Path forbidden = Files.createSymbolicLink(directory.resolve("harmful"), several);
        Path chain = Files.createSymbolicLink(directory.resolve("chain"), forbidden);
        Path relative = Path.of("").toAbsolutePath().relativize(directory).resolve("harmful");
        Path around = directory.resolve("..").resolve(directory.getFileName()).resolve("harmful");
        rules = new ProgramRules(List.of(allowed.toString()), Optional.empty(), OperatingSystem.LINUX);

        for (Path way : List.of(allowed, forbidden, chain, relative, around)) {
            run(way.toString());
        }

        assertThat(log).filteredOn(line -> line.contains("> as harmless")).hasSize(5);
        assertThat(log).noneMatch(line -> line.contains("> as harmful"));
        Path impostor = Files.copy(Path.of("/bin/true"), directory.resolve("true"));
        for (String way :
                List.of(impostor.toString(), relative.resolveSibling("true").toString(), "..", "/", "")) {
            assertThatThrownBy(() -> run(way)).isInstanceOf(CommandFailure.class);
        }
    }

    @Test
    void programs_run_as_another_user_who_can_use_what_was_made_for_them() throws Exception {
        // Given
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may become somebody else");
        rules = new ProgramRules(
                List.of(), Optional.of(ProgramUser.find("nobody", OperatingSystem.LINUX)), OperatingSystem.LINUX);
        Path secret = directory.resolve("secret");
        SecretFiles.write(secret, "geheim");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path made = Files.createDirectory(directory.resolve("made"));
        rules.handOver(made);

        // When
        run("/bin/sh", "-c", "id -un; echo $USER; grep NoNewPrivs /proc/self/status; echo x > " + made + "/out");

        // Then
        assertThat(log.get(1)).endsWith("> nobody");
        assertThat(log.get(2)).endsWith("> nobody");
        assertThat(log.get(3)).endsWith("1");
        assertThat(made.resolve("out")).exists();
        assertThatThrownBy(() -> run("cat", secret.toString())).hasMessageContaining("failed with status 1");
    }

    @Test
    void programs_of_another_user_are_stopped_with_their_whole_tree() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may become somebody else");
        rules = new ProgramRules(
                List.of(), Optional.of(ProgramUser.find("nobody", OperatingSystem.LINUX)), OperatingSystem.LINUX);

        assertThatThrownBy(() -> new Subprocess(
                                "exec",
                                List.of("/bin/sh", "-c", "sleep 1000 & sleep 1000"),
                                surroundings(Duration.ofMillis(300)),
                                log::add)
                        .run(LineHandler.logging()))
                .hasMessageContaining("timed out");

        await().until(() -> mark.bearers().isEmpty());
    }

    @Test
    void a_user_who_is_not_there_or_cannot_be_is_named() {
        assertThatThrownBy(() -> ProgramUser.find("no-such-user", OperatingSystem.LINUX))
                .hasMessage("Programs cannot be run as the user no-such-user (there is no such user). Correct"
                        + " run_programs_as, or start the Worker as root.");
        assertThatThrownBy(() -> ProgramUser.find("nobody", OperatingSystem.MACOS))
                .hasMessageContaining("only a Worker on Linux can do that");
    }

    @Test
    void a_program_that_falls_silent_is_stopped() {
        assertThatThrownBy(() -> new Subprocess(
                                "exec", List.of("sleep", "1000"), surroundings(Duration.ofMillis(300)), log::add)
                        .run(LineHandler.logging()))
                .hasMessageContaining("timed out");
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void an_orphan_of_a_crashed_worker_is_stopped() throws Exception {
        // Given
        Process orphan = new ProcessBuilder(trees.inOwnGroup(List.of("/bin/sh", "-c", "sleep 1000 & wait"))).start();
        await().until(() -> orphan.descendants().count() == 1);
        long grandchild = orphan.descendants().findFirst().orElseThrow().pid();
        file().remember(orphan.toHandle());

        // When
        file().stopOrphan();

        // Then
        assertThat(orphan.waitFor()).isNotZero();
        await().untilAsserted(() -> assertThat(ProcessHandle.of(grandchild)).isEmpty());
        assertThat(pidFile).doesNotExist();
    }

    @Test
    void a_process_that_got_the_old_number_is_left_alone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        Files.writeString(pidFile, stranger.pid() + " 1234567890");

        file().stopOrphan();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(pidFile).doesNotExist();
        stranger.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "\n%d\n\n"})
    void catalogue_36_37_a_live_process_in_the_file_refuses_another_one(String content) throws Exception {
        Files.writeString(pidFile, content.formatted(ProcessHandle.current().pid()));

        assertThatThrownBy(() -> file().check())
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(pidFile.toString())
                .hasMessageContaining("java");
    }

    @Test
    void catalogue_38_a_dead_process_in_the_file_is_forgotten() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(pidFile, Long.toString(dead.pid()));

        file().check();

        assertThat(pidFile).doesNotExist();
    }

    @Test
    void catalogue_39_no_file_is_fine() throws Exception {
        file().check();

        assertThat(pidFile).doesNotExist();
    }

    @Test
    void catalogue_40_an_empty_file_refuses_and_stays() throws Exception {
        Files.createFile(pidFile);

        assertThatThrownBy(() -> file().check()).isInstanceOf(InvalidSettings.class);
        assertThat(pidFile).exists();
    }

    @Test
    void catalogue_41_without_a_file_nothing_is_remembered() throws Exception {
        Subprocess.Surroundings forgetful =
                new Subprocess.Surroundings(trees, null, ENVIRONMENT, Duration.ofHours(1), GRACE, rules);

        new Subprocess("exec", List.of("ls", directory.toString()), forgetful, log::add).run(LineHandler.logging());

        assertThat(log).hasSize(2).last().asString().endsWith("exited with status code 0");
    }

    @Test
    void catalogue_42_a_file_that_appears_meanwhile_stays_and_the_new_program_dies() throws Exception {
        Files.writeString(pidFile, "4711");
        Path pid = directory.resolve("pid");

        assertThatThrownBy(() -> run("/bin/sh", "-c", "echo $$ > " + pid + "; exec sleep 1000"))
                .hasMessageContaining("exists");

        assertThat(Files.readString(pidFile)).isEqualTo("4711");
        if (Files.exists(pid)) {
            assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                    .isEmpty();
        }
    }

    @Test
    void other_systems_have_no_process_groups_to_signal() {
        ProcessTrees windows = new ProcessTrees(OperatingSystem.WINDOWS, Optional.empty(), ANYWHERE_ELSE);

        assertThat(windows.inOwnGroup(List.of("blender.exe"))).containsExactly("blender.exe");
        assertThat(windows.groupSignal(12, "TERM")).isEmpty();
        assertThat(trees.groupSignal(12, "TERM")).contains(List.of("/bin/kill", "-s", "TERM", "--", "-12"));
    }

    private void run(String... arguments) throws CommandFailure, InterruptedException {
        new Subprocess("exec", List.of(arguments), surroundings(Duration.ofHours(1)), log::add)
                .run(LineHandler.logging());
    }

    private Subprocess.Surroundings surroundings(Duration silence) {
        return new Subprocess.Surroundings(trees, file(), ENVIRONMENT, silence, GRACE, rules);
    }

    private ProcessFile file() {
        return new ProcessFile(pidFile, trees);
    }
}

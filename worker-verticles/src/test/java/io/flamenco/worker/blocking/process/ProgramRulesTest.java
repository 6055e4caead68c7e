package io.flamenco.worker.blocking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.worker.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramRulesTest {

    private final ProgramTrial trial;

    ProgramRulesTest(@TempDir Path temporary) {
        trial = new ProgramTrial(temporary);
    }

    @Test
    void only_allowed_programs_are_run_whatever_they_are_called() throws Exception {
        Path alias = Files.createSymbolicLink(trial.directory.resolve("alias"), Path.of("/bin/echo"));
        Path impostor = Files.copy(Path.of("/bin/true"), trial.directory.resolve("echo"));
        trial.rules = new ProgramRules(List.of("echo", "/usr/bin/ffmpeg"), Optional.empty(), OperatingSystem.LINUX);

        trial.run("echo", "one");
        trial.run("/bin/echo", "two");
        trial.run(alias.toString(), "three");

        for (String program : List.of("/bin/sh", "sh", impostor.toString(), "/no/such/program")) {
            assertThatThrownBy(() -> trial.run(program))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("This Worker does not run " + program
                            + ": it is not among allowed_programs in its settings (echo, /usr/bin/ffmpeg)");
        }
        assertThat(trial.log).noneMatch(line -> line.contains("Executing /bin/sh"));
    }

    /** The names of one file of several programs decide which of them it is. */
    @Test
    void no_other_name_link_or_way_to_a_program_makes_it_another_one() throws Exception {
        Path several = Files.writeString(trial.directory.resolve("several"), "#!/bin/sh\necho \"as ${0##*/}\"\n");
        several.toFile().setExecutable(true);
        Path allowed = Files.createSymbolicLink(trial.directory.resolve("harmless"), several);
        Path forbidden = Files.createSymbolicLink(trial.directory.resolve("harmful"), several);
        Path chain = Files.createSymbolicLink(trial.directory.resolve("chain"), forbidden);
        Path relative = Path.of("").toAbsolutePath().relativize(trial.directory).resolve("harmful");
        Path around = trial.directory
                .resolve("..")
                .resolve(trial.directory.getFileName())
                .resolve("harmful");
        trial.rules = new ProgramRules(List.of(allowed.toString()), Optional.empty(), OperatingSystem.LINUX);

        for (Path way : List.of(allowed, forbidden, chain, relative, around)) {
            trial.run(way.toString());
        }

        assertThat(trial.log).filteredOn(line -> line.contains("> as harmless")).hasSize(5);
        assertThat(trial.log).noneMatch(line -> line.contains("> as harmful"));
        Path impostor = Files.copy(Path.of("/bin/true"), trial.directory.resolve("true"));
        for (String way :
                List.of(impostor.toString(), relative.resolveSibling("true").toString(), "..", "/", "")) {
            assertThatThrownBy(() -> trial.run(way)).isInstanceOf(CommandFailure.class);
        }
    }

    @Test
    void programs_run_as_another_user_who_can_use_what_was_made_for_them() throws Exception {
        // Given
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may become somebody else");
        trial.rules = new ProgramRules(
                List.of(), Optional.of(ProgramUser.find("nobody", OperatingSystem.LINUX)), OperatingSystem.LINUX);
        Path secret = trial.directory.resolve("secret");
        SecretFiles.write(secret, "geheim");
        Files.setPosixFilePermissions(trial.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path made = Files.createDirectory(trial.directory.resolve("made"));
        trial.rules.handOver(made);

        // When
        trial.run("/bin/sh", "-c", "id -un; echo $USER; grep NoNewPrivs /proc/self/status; echo x > " + made + "/out");

        // Then
        assertThat(trial.log.get(1)).endsWith("> nobody");
        assertThat(trial.log.get(2)).endsWith("> nobody");
        assertThat(trial.log.get(3)).endsWith("1");
        assertThat(made.resolve("out")).exists();
        assertThatThrownBy(() -> trial.run("cat", secret.toString())).hasMessageContaining("failed with status 1");
    }

    @Test
    void programs_of_another_user_are_stopped_with_their_whole_tree() throws Exception {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root may become somebody else");
        trial.rules = new ProgramRules(
                List.of(), Optional.of(ProgramUser.find("nobody", OperatingSystem.LINUX)), OperatingSystem.LINUX);

        assertThatThrownBy(() -> new Subprocess(
                                "exec",
                                List.of("/bin/sh", "-c", "sleep 1000 & sleep 1000"),
                                trial.surroundings(Duration.ofMillis(300)),
                                trial.log::add)
                        .run(LineHandler.logging()))
                .hasMessageContaining("timed out");

        await().until(() -> trial.mark.bearers().isEmpty());
    }

    @Test
    void a_user_who_is_not_there_or_cannot_be_is_named() {
        assertThatThrownBy(() -> ProgramUser.find("no-such-user", OperatingSystem.LINUX))
                .hasMessage("Programs cannot be run as the user no-such-user (there is no such user). Correct"
                        + " run_programs_as, or start the Worker as root.");
        assertThatThrownBy(() -> ProgramUser.find("nobody", OperatingSystem.MACOS))
                .hasMessageContaining("only a Worker on Linux can do that");
    }
}

package io.flamenco.worker.blocking.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessFileTest {

    private final ProgramTrial trial;

    ProcessFileTest(@TempDir Path temporary) {
        trial = new ProgramTrial(temporary);
    }

    @Test
    void a_file_that_a_crash_left_empty_does_not_fail_the_next_task() throws Exception {
        Files.createFile(trial.pidFile);

        trial.file().stopOrphan();

        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void an_orphan_of_a_crashed_worker_is_stopped() throws Exception {
        // Given
        Process orphan =
                new ProcessBuilder(trial.trees.inOwnGroup(List.of("/bin/sh", "-c", "sleep 1000 & wait"))).start();
        await().until(() -> orphan.descendants().count() == 1);
        long grandchild = orphan.descendants().findFirst().orElseThrow().pid();
        trial.file().remember(orphan.toHandle());

        // When
        trial.file().stopOrphan();

        // Then
        assertThat(orphan.waitFor()).isNotZero();
        await().untilAsserted(() -> assertThat(ProcessHandle.of(grandchild)).isEmpty());
        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void a_process_that_got_the_old_number_is_left_alone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "1000").start();
        Files.writeString(trial.pidFile, stranger.pid() + " 1234567890");

        trial.file().stopOrphan();

        assertThat(stranger.isAlive()).isTrue();
        assertThat(trial.pidFile).doesNotExist();
        stranger.destroy();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%d", "\n%d\n\n"})
    void catalogue_36_37_a_live_process_in_the_file_refuses_another_one(String content) throws Exception {
        Files.writeString(
                trial.pidFile, content.formatted(ProcessHandle.current().pid()));

        assertThatThrownBy(() -> trial.file().check())
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(trial.pidFile.toString())
                .hasMessageContaining("java");
    }

    @Test
    void catalogue_38_a_dead_process_in_the_file_is_forgotten() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.writeString(trial.pidFile, Long.toString(dead.pid()));

        trial.file().check();

        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void catalogue_39_no_file_is_fine() throws Exception {
        trial.file().check();

        assertThat(trial.pidFile).doesNotExist();
    }

    @Test
    void catalogue_40_an_empty_file_refuses_and_stays() throws Exception {
        Files.createFile(trial.pidFile);

        assertThatThrownBy(() -> trial.file().check()).isInstanceOf(InvalidSettings.class);
        assertThat(trial.pidFile).exists();
    }
}

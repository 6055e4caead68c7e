package io.flamenco.worker;

import static io.flamenco.worker.WorkerTrial.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.worker.FakeManager.Answer;
import io.flamenco.worker.FakeManager.Call;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Worker and its Manager: how it is let in, which states it takes, and who may be it. */
class WorkerSessionTest {

    private final WorkerTrial trial;
    private final FakeManager manager;

    WorkerSessionTest(@TempDir Path directory) throws Exception {
        trial = new WorkerTrial(directory);
        manager = trial.manager;
    }

    @AfterEach
    void close() throws Exception {
        trial.close();
    }

    @Test
    void catalogue_2_a_new_worker_registers_and_keeps_its_credentials_for_itself() throws Exception {
        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /task").isEmpty());
        Call registration = manager.calls("POST /register-worker").getFirst();
        assertThat(registration.authorization()).isEmpty();
        assertThat(registration.json().getString("secret")).hasSize(64);
        assertThat(registration.json().getString("platform")).isEqualTo("linux");
        assertThat(registration.json().getString("nickname")).isEqualTo("rosette");
        assertThat(manager.calls("POST /sign-on")).isEmpty();
        Path file = trial.data.resolve("credentials.yaml");
        assertThat(Files.readString(file))
                .contains("5b5b5b5b5b5b5b5b5b5b5b5b", registration.json().getString("secret"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        done(worker.stop());
    }

    @Test
    void the_shared_secret_is_proven_by_a_signed_token_and_never_sent() throws Exception {
        trial.yaml.put("worker_registration_secret", "samen");

        done(trial.start().stop());

        Call registration = manager.calls("POST /register-worker").getFirst();
        assertThat(registration.authorization().orElseThrow()).startsWith("Bearer eyJ");
        assertThat(registration.body()).doesNotContain("samen");
    }

    @Test
    void catalogue_1_a_known_worker_signs_on() throws Exception {
        trial.known();

        done(trial.start().stop());

        assertThat(manager.calls("POST /register-worker")).isEmpty();
        Call signOn = manager.calls("POST /sign-on").getFirst();
        assertThat(signOn.authorization()).contains("Basic aWQ6Z2VoZWlt");
        assertThat(signOn.json().getString("nickname")).isEqualTo("rosette");
        assertThat(signOn.json().getJsonArray("supported_task_types")).contains("blender-render");
        assertThat(manager.lines()).endsWith("POST /sign-off");
    }

    @Test
    void catalogue_4_a_worker_that_its_manager_forgot_registers_anew_and_signs_on_again() throws Exception {
        trial.known();
        manager.next("POST /sign-on", Answer.of(401));

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /task").isEmpty());
        assertThat(manager.lines().subList(0, 4))
                .containsExactly("POST /sign-on", "POST /register-worker", "POST /sign-on", "POST /task");
        assertThat(Files.readString(trial.data.resolve("credentials.yaml"))).contains("5b5b5b5b5b5b5b5b5b5b5b5b");
        done(worker.stop());
    }

    @Test
    void a_worker_that_is_forgotten_while_it_runs_registers_anew() throws Exception {
        trial.known();
        manager.next("POST /task", Answer.of(401)).next("POST /sign-on", Answer.of(204), Answer.of(401));

        WorkerRole worker = trial.start();

        await().until(() -> manager.calls("POST /sign-on").size() == 3);
        assertThat(manager.calls("POST /register-worker")).hasSize(1);
        done(worker.stop());
    }

    @Test
    void a_worker_that_is_not_let_in_ends_with_a_failure() throws Exception {
        manager.always("POST /register-worker", Answer.of(403, "Invalid Bearer token for registration"));

        WorkerRole worker = trial.start();

        assertThat(done(worker.ended())).isEqualTo(1);
        assertThat(manager.calls("POST /task")).isEmpty();
    }

    @Test
    void a_manager_that_cannot_be_reached_yet_is_tried_again() throws Exception {
        manager.next("POST /register-worker", Answer.of(500));

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /task").isEmpty());
        assertThat(manager.calls("POST /register-worker")).hasSize(2);
        done(worker.stop());
    }

    @Test
    void a_damaged_credentials_file_is_named_with_the_remedy() throws Exception {
        Files.createDirectories(trial.data);
        Files.writeString(trial.data.resolve("credentials.yaml"), "worker_id: [oops");

        assertThatThrownBy(() -> trial.start())
                .hasMessageContaining(trial.data.resolve("credentials.yaml").toString())
                .hasMessageContaining("delete it to let the Worker register anew");
    }

    @Test
    void two_workers_cannot_share_a_data_directory() throws Exception {
        WorkerRole first = trial.start();

        assertThatThrownBy(() -> trial.start()).hasMessageContaining("Another Worker uses the data directory");

        done(first.stop());
        done(trial.start().stop());
    }

    @Test
    void a_locked_worker_takes_the_status_that_is_wanted() throws Exception {
        manager.next("POST /task", Answer.of(423, "{\"status_requested\": \"shutdown\"}"));

        WorkerRole worker = trial.start();

        assertThat(done(worker.ended())).isZero();
        assertThat(manager.lines()).endsWith("POST /sign-off").doesNotContain("POST /ack-status-change/shutdown");
    }

    @Test
    void testing_mode_is_told_to_the_manager() throws Exception {
        trial.yaml.put("test", true);

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /ack-status-change/testing").isEmpty());
        assertThat(manager.calls("POST /register-worker").getFirst().json().getJsonArray("supported_task_types"))
                .containsExactly("test-blender-render");
        done(worker.stop());
    }

    @Test
    void a_failed_path_check_puts_the_worker_in_error() throws Exception {
        trial.yaml.put(
                "pre_task_check",
                new JsonObject().put("read.0", trial.data.resolve("missing").toString()));

        WorkerRole worker = trial.start();

        await().until(() -> !manager.calls("POST /ack-status-change/error").isEmpty());
        assertThat(manager.calls("POST /task")).isEmpty();
        done(worker.stop());
    }
}

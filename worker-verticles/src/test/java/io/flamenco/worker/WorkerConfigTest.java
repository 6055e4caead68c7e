package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.trust.Fingerprint;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.worker.domain.Reporting;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {

    private static final Path DATA = Path.of("/var/lib/flamenco/worker");

    @Test
    void an_empty_configuration_is_a_usable_one() {
        WorkerConfig config = read(new JsonObject());

        assertThat(config.managerUrl()).isEmpty();
        assertThat(config.taskTypes()).contains("blender-render", "video-encoding", "test-pattern");
        assertThat(config.outboxFile()).isEqualTo(DATA.resolve("flamenco-worker.db"));
        assertThat(config.processFile()).contains(DATA.resolve("flamenco-worker-subprocess.pid"));
        assertThat(config.mayIRunInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void the_keys_of_the_original_are_understood() {
        WorkerConfig config = read(new JsonObject()
                .put("manager_url", "http://manager:8083/")
                .put("task_types", "sleep  debug")
                .put("subprocess_pid_file", "")
                .put("may_i_run_interval_seconds", 0.5)
                .put("worker_id", "5b5b5b5b5b5b5b5b5b5b5b5b")
                .put("worker_secret", "geheim")
                .put("worker_registration_secret", "samen")
                .put("push_log_max_interval_seconds", "30.0")
                .put("push_log_max_entries", 2000)
                .put("push_act_max_interval_seconds", 15));

        assertThat(config.managerUrl()).contains(URI.create("http://manager:8083/"));
        assertThat(config.taskTypes()).containsExactly("sleep", "debug");
        assertThat(config.processFile()).isEmpty();
        assertThat(config.mayIRunInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.configuredCredentials()).contains(new Credentials("5b5b5b5b5b5b5b5b5b5b5b5b", "geheim"));
        assertThat(config.registrationSecret()).contains("samen");
        assertThat(config.reporting()).isEqualTo(new Reporting(Duration.ofSeconds(30), 2000, Duration.ofSeconds(15)));
    }

    @Test
    void paths_to_try_before_each_task_are_told_apart_by_the_start_of_their_keys() {
        WorkerConfig config = read(new JsonObject()
                .put(
                        "pre_task_check",
                        new JsonObject().put("write.0", "/render").put("read.fonts", "/fonts")));

        assertThat(config.preTaskCheck().readable()).containsExactly(Path.of("/fonts"));
        assertThat(config.preTaskCheck().writable()).containsExactly(Path.of("/render"));
    }

    @Test
    void testing_mode_asks_for_test_tasks_only() {
        assertThat(read(new JsonObject().put("test", true)).taskTypes()).containsExactly("test-blender-render");
    }

    @Test
    void the_environment_wins_over_the_file() {
        WorkerConfig config = WorkerConfig.read(
                "worker.yaml",
                new JsonObject().put("manager_url", "http://one/"),
                DATA,
                Map.of("FLAMENCO_WORKER_MANAGER_URL", "http://two/"));

        assertThat(config.managerUrl()).contains(URI.create("http://two/"));
    }

    @Test
    void all_problems_are_reported_at_once_by_their_keys() {
        JsonObject yaml = new JsonObject()
                .put("manager_url", "manager:8083")
                .put("task_types", new JsonArray())
                .put("worker_id", "5b5b5b5b5b5b5b5b5b5b5b5b")
                .put("push_log_max_entrys", 12)
                .put("pre_task_check", new JsonObject().put("execute.0", "/bin"))
                .put("verticles", new JsonObject().put("outbox", new JsonObject().put("instances", 2)));

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("worker.yaml")
                .hasMessageContaining("manager_url must be a URL")
                .hasMessageContaining("task_types names no task type")
                .hasMessageContaining("worker_secret is missing")
                .hasMessageContaining("did you mean \"push_log_max_entries\"?")
                .hasMessageContaining("pre_task_check.execute.0 must start with")
                .hasMessageContaining("verticles.outbox.instances must be 1");
    }

    @Test
    void what_programs_may_do_and_whom_to_trust_are_read() {
        WorkerConfig config = read(new JsonObject()
                .put("manager_fingerprint", "AB:".repeat(31) + "ab")
                .put("manager_certificates", "/etc/ca.pem")
                .put("exec_enabled", false)
                .put("allowed_programs", new JsonArray().add("ffmpeg").add("/opt/blender"))
                .put("run_programs_as", "render"));

        assertThat(config.trust())
                .isEqualTo(new PeerTrust(
                        ManagerClient.MANAGER,
                        Optional.of(new Fingerprint("ab".repeat(32))),
                        Optional.of(Path.of("/etc/ca.pem"))));
        assertThat(config.programs())
                .isEqualTo(new WorkerConfig.Programs(false, List.of("ffmpeg", "/opt/blender"), Optional.of("render")));
        assertThatThrownBy(() -> read(new JsonObject().put("manager_fingerprint", "ab:cd")))
                .hasMessageContaining("manager_fingerprint must be the SHA-256 fingerprint");
    }

    @Test
    void secrets_do_not_show_in_texts() {
        assertThat(new Credentials("id", "geheim").toString()).doesNotContain("geheim");
    }

    private static WorkerConfig read(JsonObject yaml) {
        return WorkerConfig.read("worker.yaml", yaml, DATA, Map.of());
    }
}

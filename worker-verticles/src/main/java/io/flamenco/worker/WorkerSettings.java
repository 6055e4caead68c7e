package io.flamenco.worker;

import io.flamenco.shared.config.Settings;
import io.flamenco.shared.kernel.VerticleSettings;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.worker.WorkerConfig.Mode;
import io.flamenco.worker.WorkerConfig.Programs;
import io.flamenco.worker.blocking.PreTaskCheck;
import io.flamenco.worker.domain.Reporting;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.manager.ManagerClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the settings of a Worker, key by key.
 *
 * @param settings the file's content and the environment; gathers what is wrong
 * @param dataDirectory what paths in the settings are relative to
 */
record WorkerSettings(Settings settings, Path dataDirectory) {

    private static final long MEBIBYTE = 1L << 20;

    WorkerConfig config() {
        Mode mode =
                new Mode(settings.yes("single", false), settings.yes("test", false), settings.yes("reregister", false));
        return new WorkerConfig(
                dataDirectory,
                settings.url("manager_url"),
                PeerTrust.read(settings, ManagerClient.MANAGER),
                taskTypes(mode),
                dataDirectory.resolve(settings.path("credentials_file", Path.of("credentials.yaml"))),
                dataDirectory.resolve(settings.path("task_update_queue_db", Path.of("flamenco-worker.db"))),
                settings.integer("task_update_queue_max_mb", 1024, 1, 1 << 20) * MEBIBYTE,
                processFile(),
                seconds("may_i_run_interval_seconds", 5),
                credentials(),
                settings.text("worker_registration_secret"),
                settings.text("nickname"),
                new Reporting(
                        seconds("push_log_max_interval_seconds", 3),
                        settings.integer("push_log_max_entries", 1000, 1, 100_000),
                        seconds("push_act_max_interval_seconds", 5)),
                Duration.ofSeconds(settings.integer("long_poll_seconds", 20, 0, 300)),
                preTaskCheck(settings.section("pre_task_check")),
                settings.path("plugins", Path.of("plugins")),
                new Programs(
                        settings.yes("exec_enabled", true),
                        settings.texts("allowed_programs", List.of()),
                        settings.text("run_programs_as")),
                mode,
                verticles());
    }

    private List<String> taskTypes(Mode mode) {
        List<String> configured = settings.texts("task_types", WorkerConfig.USUAL_TASK_TYPES).stream()
                .flatMap(words -> List.of(words.trim().split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
        if (configured.isEmpty()) {
            settings.problem("task_types", "names no task type, so this Worker would never get a task");
        }
        return mode.testing() ? List.of(WorkerConfig.TEST_TASK_TYPE) : configured;
    }

    private Optional<Path> processFile() {
        String usual = "flamenco-worker-subprocess.pid";
        String configured = settings.text("subprocess_pid_file", usual).strip();
        return Optional.of(configured).filter(name -> !name.isEmpty()).map(dataDirectory::resolve);
    }

    private Optional<Credentials> credentials() {
        Optional<String> id = settings.text("worker_id");
        Optional<String> secret = settings.text("worker_secret");
        if (id.isPresent() != secret.isPresent()) {
            String missing = id.isPresent() ? "worker_secret" : "worker_id";
            settings.problem(missing, "is missing; give both worker_id and worker_secret, or neither to register anew");
        }
        return id.flatMap(worker -> secret.map(word -> new Credentials(worker, word)));
    }

    private Duration seconds(String key, double absent) {
        return Duration.ofMillis(Math.round(settings.number(key, absent, 0.01, 86_400) * 1000));
    }

    private static PreTaskCheck preTaskCheck(Settings section) {
        List<Path> readable = paths(section, "read");
        List<Path> writable = paths(section, "write");
        for (String key : section.keys()) {
            if (!key.startsWith("read") && !key.startsWith("write")) {
                section.problem(key, "must start with \"read\" or \"write\", such as write.0");
            }
        }
        return new PreTaskCheck(readable, writable);
    }

    private static List<Path> paths(Settings section, String prefix) {
        return section.keys().stream()
                .filter(key -> key.startsWith(prefix))
                .flatMap(key -> section.texts(key, List.of()).stream())
                .map(Path::of)
                .toList();
    }

    private Map<String, VerticleSettings> verticles() {
        Map<String, VerticleSettings> usual = new LinkedHashMap<>();
        WorkerRole.VERTICLES.forEach(name -> usual.put(name, VerticleSettings.on(1)));
        Map<String, VerticleSettings> verticles = settings.verticles(usual);
        verticles.forEach((name, wanted) -> {
            if (wanted.instances() > 1) {
                settings.problem("verticles." + name + ".instances", "must be 1: this verticle owns what it works on");
            }
        });
        return verticles;
    }
}

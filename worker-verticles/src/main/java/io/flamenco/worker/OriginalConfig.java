package io.flamenco.worker;

import io.flamenco.shared.config.ConfigFile;
import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.worker.domain.IniText;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration files of the original Worker, as the settings that {@link WorkerConfig#read} takes. Logging sections
 * are ignored; keys that the original would ignore are, too. Relative paths are relative to the working directory.
 */
public final class OriginalConfig {

    /** The file in the working directory, which the original cannot do without. */
    public static final String FILE = "flamenco-worker.cfg";

    /** The file in the home directory, whose values win, and to which credentials are written. */
    public static final String HOME_FILE = ".flamenco-worker.cfg";

    static final String SECTION = "flamenco-worker";

    private static final Logger LOG = LoggerFactory.getLogger(OriginalConfig.class);
    private static final String CHECK_SECTION = "pre_task_check";
    private static final Set<String> KEYS = Set.of(
            "manager_url",
            "task_types",
            "task_update_queue_db",
            "subprocess_pid_file",
            "may_i_run_interval_seconds",
            "worker_id",
            "worker_secret",
            "worker_registration_secret",
            "push_log_max_interval_seconds",
            "push_log_max_entries",
            "push_act_max_interval_seconds");

    private final Vertx vertx;

    public OriginalConfig(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Whether the name of a file tells that it is one of the original's. */
    public static boolean isOriginal(Path file) {
        return file.toString().endsWith(".cfg") || file.toString().endsWith(".ini");
    }

    /**
     * Reads the two files that the original reads on its own: the one in the working directory, and over it the one in the
     * home directory, if there is one.
     *
     * @return settings; a {@link ConfigurationException} when a file is missing or damaged
     */
    public Future<JsonObject> readUsual(Path workingDirectory, Path home) {
        Path first = workingDirectory.resolve(FILE).toAbsolutePath();
        Path second = home.resolve(HOME_FILE);
        return ini(first)
                .compose(usual -> vertx.fileSystem()
                        .exists(second.toString())
                        .compose(exists -> exists ? ini(second).map(usual::with) : Future.succeededFuture(usual)))
                .map(merged -> settings(merged, first, second));
    }

    /** Reads one file alone, to which credentials are written, too. */
    public Future<JsonObject> read(Path file) {
        return ini(file).map(ini -> settings(ini, file, file));
    }

    private Future<IniText> ini(Path file) {
        return new ConfigFile(vertx).readText(file).map(Buffer::toString).map(text -> parsed(file, text));
    }

    private static IniText parsed(Path file, String text) {
        try {
            return IniText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file.toString(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static JsonObject settings(IniText ini, Path source, Path credentials) {
        try {
            JsonObject settings = originalDefaults();
            ini.section(SECTION).forEach((key, value) -> put(settings, key, value));
            settings.put(CHECK_SECTION, new JsonObject(Map.copyOf(ini.section(CHECK_SECTION))));
            return settings.put("credentials_file", credentials.toAbsolutePath().toString());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(source.toString(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static void put(JsonObject settings, String key, String value) {
        if (!KEYS.contains(key)) {
            LOG.warn("A setting of the original's file is unknown and ignored. key={}", key);
        } else if (key.equals("task_update_queue_db") || (key.equals("subprocess_pid_file") && !value.isEmpty())) {
            settings.put(key, absolute(value));
        } else {
            settings.put(key, value);
        }
    }

    private static JsonObject originalDefaults() {
        return new JsonObject()
                .put("task_types", "sleep blender-render file-management exr-merge video-encoding")
                .put("task_update_queue_db", absolute("flamenco-worker.db"))
                .put("subprocess_pid_file", absolute("flamenco-worker-subprocess.pid"))
                .put("push_log_max_interval_seconds", 30)
                .put("push_log_max_entries", 1000)
                .put("push_act_max_interval_seconds", 15);
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().toString();
    }
}

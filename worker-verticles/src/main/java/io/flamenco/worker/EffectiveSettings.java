package io.flamenco.worker;

import io.flamenco.worker.manager.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings that count, from whichever file, variable or option they came, for people to read. */
public final class EffectiveSettings {

    private static final String HIDDEN = "-hidden-";

    private EffectiveSettings() {}

    /** The settings of a Worker as an INI file of the original's kind; secrets are hidden. */
    public static String of(WorkerConfig config) {
        List<String> lines = new ArrayList<>();
        lines.add("[" + OriginalConfig.SECTION + "]");
        values(config).forEach((key, value) -> lines.add((key + " = " + value).strip()));
        lines.add("");
        lines.add("[pre_task_check]");
        paths(lines, "read", config.preTaskCheck().readable());
        paths(lines, "write", config.preTaskCheck().writable());
        return String.join("\n", lines) + "\n";
    }

    private static Map<String, Object> values(WorkerConfig config) {
        Map<String, Object> values = new TreeMap<>();
        manager(config, values);
        values.put("task_types", String.join(" ", config.taskTypes()));
        values.put("credentials_file", config.credentialsFile());
        values.put("task_update_queue_db", config.outboxFile());
        values.put("task_update_queue_max_mb", config.outboxMaxBytes() >> 20);
        values.put("subprocess_pid_file", text(config.processFile()));
        values.put("may_i_run_interval_seconds", seconds(config.mayIRunInterval()));
        values.put("push_log_max_interval_seconds", seconds(config.reporting().logInterval()));
        values.put("push_log_max_entries", config.reporting().logEntries());
        values.put("push_act_max_interval_seconds", seconds(config.reporting().activityInterval()));
        values.put("long_poll_seconds", config.longPoll().toSeconds());
        values.put("plugins", config.pluginDirectory());
        values.put("exec_enabled", config.programs().exec());
        values.put("allowed_programs", String.join(" ", config.programs().allowed()));
        values.put("run_programs_as", text(config.programs().user()));
        return values;
    }

    private static void manager(WorkerConfig config, Map<String, Object> values) {
        values.put("manager_url", text(config.managerUrl()));
        values.put("manager_fingerprint", text(config.trust().fingerprint()));
        values.put("manager_certificates", text(config.trust().authorities()));
        values.put("nickname", text(config.nickname()));
        values.put("worker_id", text(config.configuredCredentials().map(Credentials::id)));
        values.put("worker_secret", text(config.configuredCredentials().map(known -> HIDDEN)));
        values.put(
                "worker_registration_secret", text(config.registrationSecret().map(known -> HIDDEN)));
    }

    private static void paths(List<String> lines, String prefix, List<Path> paths) {
        for (int i = 0; i < paths.size(); i++) {
            lines.add(prefix + "." + i + " = " + paths.get(i));
        }
    }

    private static String text(Optional<?> value) {
        return value.map(String::valueOf).orElse("");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

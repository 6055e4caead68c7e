package io.flamenco.manager.config;

import io.flamenco.manager.config.ManagerConfig.Discovery;
import io.flamenco.manager.config.ManagerConfig.Failures;
import io.flamenco.manager.config.ManagerConfig.Limits;
import io.flamenco.manager.config.ManagerConfig.Link;
import io.flamenco.manager.config.ManagerConfig.TestTasks;
import io.flamenco.manager.config.ManagerConfig.Timeouts;
import io.flamenco.manager.config.ManagerConfig.Upstream;
import io.flamenco.manager.config.ManagerConfig.UserAuthentication;
import io.flamenco.shared.bridge.BridgeSettings;
import io.flamenco.shared.config.Settings;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the Manager's settings out of its file, key by key. */
final class ManagerSettings {

    private static final URI BLENDER_CLOUD = URI.create("https://cloud.blender.org/");
    private static final String DEVICE_UUID = "7401c189-ef69-434b-b4d8-56d00075faf5";

    private final Settings settings;
    private final Layout layout;
    private final Path dataDirectory;

    ManagerSettings(String source, JsonObject yaml, Path dataDirectory, Map<String, String> environment) {
        this.settings = new Settings(source, yaml, environment, "FLAMENCO_MANAGER_");
        this.layout = Layout.of(settings, yaml);
        this.dataDirectory = dataDirectory;
    }

    ManagerConfig read() {
        ManagerConfig.Shaman shaman = new ShamanSettings(settings, layout, dataDirectory).read();
        ManagerConfig config = new ManagerConfig(
                dataDirectory,
                settings.choice("mode", "production", List.of("production", "develop")),
                settings.text("manager_name", "Flamenco Manager"),
                databaseUrl(),
                settings.path("task_logs_path", dataDirectory.resolve("task-logs")),
                settings.yes("task_logs_sync", false),
                taskLogsKept(),
                Listening.read(settings, layout.listen(), layout.listenHttps()),
                settings.url("flamenco").orElse(BLENDER_CLOUD),
                PeerTrust.read(settings, ManagerConfig.SERVER),
                link(),
                upstream(),
                timeouts(),
                failures(),
                settings.yes("fair_between_jobs", false),
                settings.text("watch_for_latest_image").map(Path::of),
                new Discovery(settings.yes("ssdp_discovery", true), settings.text("ssdp_device_uuid", DEVICE_UUID)),
                testTasks(),
                shaman,
                new PoolSettings(settings).read(),
                userAuthentication(),
                registrationSecret(),
                limits(),
                BridgeSettings.read(settings),
                hideInfraSettings(),
                new VariableSettings(settings, layout, shaman.checkoutPath()).read(),
                settings.verticles(ManagerConfig.VERTICLES));
        settings.finish();
        return config;
    }

    private Optional<String> databaseUrl() {
        settings.text("database_path");
        return settings.text("database_url");
    }

    private ManagerConfig.TaskLogsKept taskLogsKept() {
        return new ManagerConfig.TaskLogsKept(
                settings.duration("task_logs_max_age", Duration.ofDays(90)),
                (long) settings.integer("task_logs_max_mebibytes", 0, 0, 1 << 30) << 20);
    }

    private Optional<Link> link() {
        Optional<String> id = settings.text("manager_id");
        String secret = settings.text("manager_secret", "");
        if (id.isPresent() && !ObjectIds.isValid(id.get())) {
            settings.problem("manager_id", "must be the 24 hexadecimal digits that the Server gave this Manager");
            return Optional.empty();
        }
        return id.map(hex -> new Link(new ManagerId(hex), secret));
    }

    private Upstream upstream() {
        return new Upstream(
                positive("download_task_sleep", Duration.ofMinutes(10)),
                settings.duration("download_task_recheck_throttle", Duration.ofSeconds(10)),
                positive("task_update_push_max_interval", Duration.ofSeconds(5)),
                settings.integer("task_update_push_max_count", 3000, 0, 1_000_000),
                positive("cancel_task_fetch_max_interval", Duration.ofSeconds(10)));
    }

    private Timeouts timeouts() {
        return new Timeouts(
                positive("active_task_timeout_interval", Duration.ofMinutes(10)),
                positive("active_worker_timeout_interval", Duration.ofMinutes(1)),
                positive("task_cleanup_max_age", Duration.ofDays(14)),
                settings.duration("worker_cleanup_max_age", Duration.ZERO),
                settings.texts("worker_cleanup_status", List.of("offline")));
    }

    private Failures failures() {
        return new Failures(
                settings.integer("blacklist_threshold", 3, 0, 1_000_000),
                settings.integer("task_fail_after_softfail_count", 3, 0, 1_000_000));
    }

    private TestTasks testTasks() {
        Settings group = settings.section("test_tasks");
        Settings render = group.section("test_blender_render");
        TestTasks testTasks = new TestTasks(
                render.text("job_storage", "{job_storage}/test-jobs"),
                render.text("render_output", "{render}/test-renders"));
        render.reportUnknownKeys();
        group.reportUnknownKeys();
        return testTasks;
    }

    private UserAuthentication userAuthentication() {
        Settings group = settings.section("user_authentication");
        UserAuthentication authentication = new UserAuthentication(
                group.yes("disableSecurity", false), group.duration("publicKeysDownloadInterval", Duration.ofHours(1)));
        group.reportUnknownKeys();
        return authentication;
    }

    private Optional<String> registrationSecret() {
        String key = "worker_registration_secret";
        return settings.has(key) ? Optional.of(settings.text(key, "").strip()) : Optional.empty();
    }

    private Limits limits() {
        Settings group = settings.section("limits");
        Limits limits = new Limits(
                group.integer("worker_registrations_per_minute", 600, 1, 1_000_000),
                group.integer("requests_per_second", 2000, 1, 1_000_000));
        group.reportUnknownKeys();
        return limits;
    }

    private boolean hideInfraSettings() {
        Settings group = settings.section("websetup");
        boolean hide = group.yes("hide_infra_settings", false);
        group.reportUnknownKeys();
        return hide;
    }

    private Duration positive(String key, Duration absent) {
        Duration duration = settings.duration(key, absent);
        if (duration.isNegative() || duration.isZero()) {
            settings.problem(key, "must be longer than zero");
        }
        return duration;
    }
}

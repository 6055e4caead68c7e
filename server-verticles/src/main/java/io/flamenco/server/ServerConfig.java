package io.flamenco.server;

import io.flamenco.server.accounts.AccountsVerticle;
import io.flamenco.server.upkeep.Retention;
import io.flamenco.shared.bridge.BridgeSettings;
import io.flamenco.shared.config.Settings;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.kernel.VerticleSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one Server is set up.
 *
 * @param listening where it waits for calls
 * @param databaseUrl a MongoDB; absent for the embedded database
 * @param serverName for people
 * @param managers are made or updated at start
 * @param allowExecCommand whether jobs may run any program on the farm
 * @param plugins a directory of jars that bring job types; may be absent
 * @param retention for how long jobs are kept
 * @param people who may do what, and for how long
 * @param eventBus how people and tools use the event bus from outside
 * @param dataDirectory of this role; made for the owner only
 * @param verticles how each is deployed
 */
public record ServerConfig(
        Listening listening,
        Optional<String> databaseUrl,
        String serverName,
        List<ManagerEntry> managers,
        boolean allowExecCommand,
        Path plugins,
        Retention retention,
        PeopleSettings people,
        BridgeSettings eventBus,
        Path dataDirectory,
        Map<String, VerticleSettings> verticles) {

    private static final String ENVIRONMENT_PREFIX = "FLAMENCO_SERVER_";
    private static final String USUAL_LISTEN = ":8090";
    private static final String USUAL_LISTEN_HTTPS = ":8453";
    private static final Duration USUAL_WAIT_FOR_FILES = Duration.ofHours(24);
    private static final Duration USUAL_SESSION = Duration.ofDays(7);
    private static final Duration USUAL_AUDIT = Duration.ofDays(365);
    private static final Duration SHORTEST_SESSION = Duration.ofMinutes(5);

    public ServerConfig {
        managers = List.copyOf(managers);
        verticles = Map.copyOf(verticles);
    }

    /** How the verticle of that name is deployed. */
    public VerticleSettings verticle(String name) {
        return verticles.getOrDefault(name, VerticleSettings.on(1));
    }

    /**
     * Who may do what, and for how long.
     *
     * @param publicRead whether strangers may read; nobody but those who log in may change anything
     * @param sessionLasts from log-in to its end
     * @param auditKept for how long it is remembered who changed what
     * @param passwordCost binary logarithm of the rounds with which passwords are hashed, 4 to 16
     * @param requestsPerSecond with one credential; four times as many may come at once
     */
    public record PeopleSettings(
            boolean publicRead, Duration sessionLasts, Duration auditKept, int passwordCost, int requestsPerSecond) {}

    /**
     * A Manager that may call.
     *
     * @param secret the token with which it proves who it is
     */
    public record ManagerEntry(ManagerId id, String name, String secret) {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "ManagerEntry[id=" + id + ", name=" + name + "]";
        }
    }

    /**
     * Reads a configuration.
     *
     * @param source names it to people
     * @param yaml its content
     * @param dataDirectory where this role keeps its files
     * @param environment variables that win over the file, as {@code FLAMENCO_SERVER_<KEY>}
     * @throws io.flamenco.shared.config.ConfigurationException names all problems
     */
    public static ServerConfig read(
            String source, JsonObject yaml, Path dataDirectory, Map<String, String> environment) {
        Settings settings = new Settings(source, yaml, environment, ENVIRONMENT_PREFIX);
        ServerConfig config = new ServerConfig(
                Listening.read(settings, USUAL_LISTEN, USUAL_LISTEN_HTTPS),
                settings.text("database_url"),
                settings.text("server_name", "Flamenco Server"),
                ManagerEntries.read(settings),
                settings.yes("allow_exec_command", false),
                settings.path("plugins", Path.of("plugins")),
                retention(settings),
                people(settings),
                BridgeSettings.read(settings),
                dataDirectory,
                settings.verticles(usualVerticles()));
        for (String name :
                List.of("accounts", "jobs", "submissions", "archive", "upkeep", "workers", "news", "audit")) {
            if (config.verticle(name).instances() != 1) {
                settings.problem("verticles." + name + ".instances", "must be 1, since it owns what it changes");
            }
        }
        settings.finish();
        return config;
    }

    private static PeopleSettings people(Settings settings) {
        Duration lasts = settings.duration("session_lasts", USUAL_SESSION);
        if (lasts.compareTo(SHORTEST_SESSION) < 0) {
            settings.problem("session_lasts", "must be at least " + SHORTEST_SESSION.toMinutes() + "m");
        }
        Duration kept = settings.duration("audit_log_kept", USUAL_AUDIT);
        if (!kept.isPositive()) {
            settings.problem("audit_log_kept", "must be more than 0");
        }
        return new PeopleSettings(
                settings.yes("public_read", true),
                lasts,
                kept,
                settings.integer("password_cost", AccountsVerticle.USUAL_COST, 4, 16),
                settings.integer("requests_per_second", 500, 1, 1_000_000));
    }

    private static Retention retention(Settings settings) {
        return new Retention(
                settings.duration("waiting_for_files_timeout", USUAL_WAIT_FOR_FILES),
                age(settings, "archive_jobs_after"),
                age(settings, "delete_archived_jobs_after"));
    }

    private static Optional<Duration> age(Settings settings, String key) {
        Duration age = settings.duration(key, Duration.ZERO);
        if (age.isNegative()) {
            settings.problem(key, "must not be negative; 0s is never");
        }
        return age.isZero() ? Optional.empty() : Optional.of(age);
    }

    private static Map<String, VerticleSettings> usualVerticles() {
        Map<String, VerticleSettings> usual = new LinkedHashMap<>();
        usual.put("accounts", VerticleSettings.on(1));
        usual.put("jobs", VerticleSettings.on(1));
        usual.put("submissions", VerticleSettings.on(1));
        usual.put("archive", VerticleSettings.on(1));
        usual.put("upkeep", VerticleSettings.on(1));
        usual.put("workers", VerticleSettings.on(1));
        usual.put("news", VerticleSettings.on(1));
        usual.put("audit", VerticleSettings.on(1));
        usual.put("tcp-bridge", VerticleSettings.on(1));
        usual.put("http", VerticleSettings.on(Runtime.getRuntime().availableProcessors()));
        return usual;
    }
}

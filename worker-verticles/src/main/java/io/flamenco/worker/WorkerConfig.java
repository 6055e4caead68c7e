package io.flamenco.worker;

import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.config.Settings;
import io.flamenco.shared.kernel.VerticleSettings;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.worker.blocking.PreTaskCheck;
import io.flamenco.worker.domain.Reporting;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.platform.Machine;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What people configure of a Worker, checked. The keys are those of the original's {@code flamenco-worker.cfg}.
 *
 * @param dataDirectory where this Worker keeps its credentials, outbox and process file
 * @param managerUrl the Manager; empty to look for one on the local network
 * @param trust by what the Manager is recognised over HTTPS
 * @param taskTypes what to ask for, in this order
 * @param credentialsFile where it remembers who it is; an INI file of the original when its name ends in .cfg
 * @param outboxFile the SQLite file of updates that the Manager has not taken yet
 * @param outboxMaxBytes how large the file may grow before log lines are left out of it; at least 1 MiB
 * @param processFile remembers the running subprocess, to stop it after a crash; empty to not remember
 * @param mayIRunInterval between two questions whether the task may go on
 * @param configuredCredentials from the configuration; empty to use the stored ones, or to register
 * @param registrationSecret shared with the Manager; empty when it lets anybody register
 * @param nickname for people; empty to use the host's name
 * @param reporting how often to report
 * @param longPoll how long the Manager may hold a request for a task; zero to never ask it to
 * @param preTaskCheck paths that must be usable before a task is asked for
 * @param pluginDirectory jars with further commands
 * @param programs what tasks may run
 * @param mode what differs from everyday work
 * @param verticles how each verticle is deployed
 */
public record WorkerConfig(
        Path dataDirectory,
        Optional<URI> managerUrl,
        PeerTrust trust,
        List<String> taskTypes,
        Path credentialsFile,
        Path outboxFile,
        long outboxMaxBytes,
        Optional<Path> processFile,
        Duration mayIRunInterval,
        Optional<Credentials> configuredCredentials,
        Optional<String> registrationSecret,
        Optional<String> nickname,
        Reporting reporting,
        Duration longPoll,
        PreTaskCheck preTaskCheck,
        Path pluginDirectory,
        Programs programs,
        Mode mode,
        Map<String, VerticleSettings> verticles) {

    /** The task types that a Worker offers unless it is told otherwise. */
    public static final List<String> USUAL_TASK_TYPES = List.of(
            "sleep", "blender-render", "file-management", "exr-merge", "debug", "video-encoding", "test-pattern");

    /** The one task type of a Worker in testing mode. */
    public static final String TEST_TASK_TYPE = "test-blender-render";

    private static final String ENVIRONMENT_PREFIX = "FLAMENCO_WORKER_";

    /**
     * What differs from everyday work.
     *
     * @param single ends after one task
     * @param testing takes the Manager's test tasks only
     * @param reregister forgets who it was and registers anew
     */
    public record Mode(boolean single, boolean testing, boolean reregister) {}

    /**
     * What tasks may run on this machine.
     *
     * @param exec whether the command {@code exec} does anything
     * @param allowed names or paths of all programs that any command may start; empty for any program
     * @param user as whom programs run; empty for the Worker's own user
     */
    public record Programs(boolean exec, List<String> allowed, Optional<String> user) {

        public Programs {
            allowed = List.copyOf(allowed);
        }
    }

    public WorkerConfig {
        taskTypes = List.copyOf(taskTypes);
        verticles = Map.copyOf(verticles);
    }

    /** How the verticle of that name is deployed. */
    VerticleSettings verticle(String name) {
        return verticles.getOrDefault(name, VerticleSettings.on(1));
    }

    /**
     * Reads a configuration.
     *
     * @param source names the file to people
     * @param yaml the file's content, with the values of the command line laid over it
     * @param dataDirectory the Worker's own directory
     * @param environment variables of the process; {@code FLAMENCO_WORKER_<KEY>} wins over the file
     * @throws ConfigurationException naming all problems
     */
    public static WorkerConfig read(
            String source, JsonObject yaml, Path dataDirectory, Map<String, String> environment) {
        Settings settings = new Settings(source, yaml, environment, ENVIRONMENT_PREFIX);
        WorkerConfig config = new WorkerSettings(settings, dataDirectory).config();
        settings.finish();
        return config;
    }

    /**
     * Reads a configuration for several Workers in one process, each with an identity and a directory of its own.
     *
     * @param slots how many, 1 to 256; one Worker uses the data directory itself
     */
    public static List<WorkerConfig> readSlots(
            String source, JsonObject yaml, Path dataDirectory, Map<String, String> environment, int slots) {
        if (slots == 1) {
            return List.of(read(source, yaml, dataDirectory, environment));
        }
        if (slots < 1 || slots > VerticleSettings.MOST_INSTANCES) {
            throw new ConfigurationException(
                    source, List.of("slots must be 1 to " + VerticleSettings.MOST_INSTANCES + ", not " + slots));
        }
        return IntStream.rangeClosed(1, slots)
                .mapToObj(slot -> read(source, yaml, dataDirectory.resolve("slot-" + slot), environment)
                        .inSlot(slot))
                .toList();
    }

    private WorkerConfig inSlot(int slot) {
        Optional<String> name = Optional.of(nickname.orElseGet(Machine::localHostName) + "-" + slot);
        return new WorkerConfig(
                dataDirectory,
                managerUrl,
                trust,
                taskTypes,
                ownFile(credentialsFile, slot),
                ownFile(outboxFile, slot),
                outboxMaxBytes,
                processFile.map(file -> ownFile(file, slot)),
                mayIRunInterval,
                Optional.empty(),
                registrationSecret,
                name,
                reporting,
                longPoll,
                preTaskCheck,
                pluginDirectory,
                programs,
                mode,
                verticles);
    }

    /** Files outside the data directory must be told apart by their names. */
    private Path ownFile(Path file, int slot) {
        return file.startsWith(dataDirectory) ? file : file.resolveSibling(slot + "-" + file.getFileName());
    }
}

package io.flamenco.manager.config;

import io.flamenco.shared.bridge.BridgeSettings;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.kernel.VerticleSettings;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that people can set of a Manager, checked.
 *
 * @param dataDirectory the Manager's own directory: embedded database, secrets, and task logs unless configured elsewhere
 * @param mode {@code production} or {@code develop}; cosmetic
 * @param managerName title of the dashboard
 * @param databaseUrl a MongoDB; absent for the embedded database
 * @param taskLogsPath where the log files of tasks are
 * @param taskLogsSync whether log text is forced to the disk before its Worker is answered
 * @param taskLogsKept how long they are kept
 * @param listening where the Manager can be reached
 * @param flamenco the Server
 * @param serverTrust by what the Server is recognised over HTTPS
 * @param link how the Manager authenticates with the Server; absent for a Manager that is not linked to one
 * @param upstream how often the Server is talked to
 * @param timeouts when tasks and Workers count as lost, and when they are forgotten
 * @param failures when a failing task or Worker is given up
 * @param fairBetweenJobs whether jobs of equal priority take turns; otherwise the oldest task goes first
 * @param watchForLatestImage a directory to watch for pictures
 * @param discovery how Workers find the Manager on the local network
 * @param testTasks where test tasks keep their files; may hold placeholders of variables
 * @param shaman the file store that Workers and submitters share
 * @param dynamicPools pools of Workers that grow and shrink
 * @param userAuthentication how people log in
 * @param workerRegistrationSecret what new Workers prove to know; absent to have one generated, empty for an open door
 * @param limits how much one caller may ask for
 * @param eventBus how people and tools use the event bus from outside
 * @param hideInfraSettings whether the web set-up shows no settings of databases and paths
 * @param variables texts that differ by platform
 * @param verticles how each of {@link #VERTICLES} is deployed
 */
public record ManagerConfig(
        Path dataDirectory,
        String mode,
        String managerName,
        Optional<String> databaseUrl,
        Path taskLogsPath,
        boolean taskLogsSync,
        TaskLogsKept taskLogsKept,
        Listening listening,
        URI flamenco,
        PeerTrust serverTrust,
        Optional<Link> link,
        Upstream upstream,
        Timeouts timeouts,
        Failures failures,
        boolean fairBetweenJobs,
        Optional<Path> watchForLatestImage,
        Discovery discovery,
        TestTasks testTasks,
        Shaman shaman,
        DynamicPools dynamicPools,
        UserAuthentication userAuthentication,
        Optional<String> workerRegistrationSecret,
        Limits limits,
        BridgeSettings eventBus,
        boolean hideInfraSettings,
        Variables variables,
        Map<String, VerticleSettings> verticles) {

    /** What the settings call the Server. */
    public static final PeerTrust.Peer SERVER = PeerTrust.Peer.ofSettings("Server", "flamenco");

    /** The Manager's verticles in the order in which they start, and how they are deployed unless configured. */
    public static final Map<String, VerticleSettings> VERTICLES = verticlesByDefault();

    public ManagerConfig {
        verticles = Map.copyOf(verticles);
    }

    /**
     * Reads the settings.
     *
     * @param source names the file to people
     * @param yaml the file's content
     * @param dataDirectory the Manager's own directory
     * @param environment variables of the process; {@code FLAMENCO_MANAGER_<KEY>} wins over the file
     * @throws io.flamenco.shared.config.ConfigurationException when something is wrong; names all problems
     */
    public static ManagerConfig read(
            String source, JsonObject yaml, Path dataDirectory, Map<String, String> environment) {
        return new ManagerSettings(source, yaml, dataDirectory, environment).read();
    }

    /** Where pages get tokens from, as an origin of the Web; empty when the Manager is not linked with a Server. */
    public String serverOrigin() {
        return link.isEmpty() ? "" : flamenco().getScheme() + "://" + flamenco().getAuthority();
    }

    /** How that verticle is deployed. */
    public VerticleSettings verticle(String name) {
        VerticleSettings settings = verticles.get(name);
        if (settings == null) {
            throw new IllegalArgumentException("the Manager has no verticle \"" + name + "\"");
        }
        return settings;
    }

    /**
     * How long logs of tasks are kept.
     *
     * @param maxAge since they changed last; zero for ever
     * @param mostBytes of all together; zero for any number
     */
    public record TaskLogsKept(Duration maxAge, long mostBytes) {}

    /** How the Manager authenticates with the Server. */
    public record Link(ManagerId managerId, String secret) {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Link[managerId=" + managerId + "]";
        }
    }

    /**
     * How often the Server is talked to.
     *
     * @param downloadTaskSleep between two downloads
     * @param downloadTaskRecheckThrottle least time between downloads for idle Workers; negative for never
     * @param pushMaxInterval longest time that an update waits
     * @param pushMaxCount most updates per push; at least 1
     * @param cancelFetchMaxInterval longest time between two pushes, with updates or without
     */
    public record Upstream(
            Duration downloadTaskSleep,
            Duration downloadTaskRecheckThrottle,
            Duration pushMaxInterval,
            int pushMaxCount,
            Duration cancelFetchMaxInterval) {}

    /**
     * When tasks and Workers count as lost, and when they are forgotten.
     *
     * @param workerCleanupMaxAge zero to keep all
     * @param workerCleanupStatus Workers of these statuses may be forgotten
     */
    public record Timeouts(
            Duration activeTask,
            Duration activeWorker,
            Duration taskCleanupMaxAge,
            Duration workerCleanupMaxAge,
            List<String> workerCleanupStatus) {}

    /**
     * When a failing task or Worker is given up.
     *
     * @param blocklistThreshold so many failed tasks of one type and job put a Worker on the blocklist
     * @param taskFailAfterSoftfailCount so many failing Workers make a task fail for good
     */
    public record Failures(int blocklistThreshold, int taskFailAfterSoftfailCount) {}

    /** How Workers find the Manager on the local network. */
    public record Discovery(boolean enabled, String deviceUuid) {}

    /** Where test tasks keep their files. */
    public record TestTasks(String jobStorage, String renderOutput) {}

    /**
     * The file store that Workers and submitters share.
     *
     * @param fileStorePath where the files are
     * @param checkoutPath where the trees of links are, one per job
     * @param relativeLinks whether links say the way from themselves to the file, rather than its absolute path
     * @param maxFileBytes the largest file that is taken
     * @param keepFreeBytes what uploads leave free on the disk
     * @param garbageCollectPeriod between two runs; zero for none
     * @param garbageCollectMaxAge files that nobody touched or links to for longer are removed
     * @param extraCheckoutPaths where else links to stored files may be
     */
    public record Shaman(
            boolean enabled,
            Path fileStorePath,
            Path checkoutPath,
            boolean relativeLinks,
            long maxFileBytes,
            long keepFreeBytes,
            Duration garbageCollectPeriod,
            Duration garbageCollectMaxAge,
            List<String> extraCheckoutPaths) {}

    /**
     * How much one caller may ask for.
     *
     * @param registrationsPerMinute how many Workers may register from one address
     * @param requestsPerSecond how many requests may come with one credential
     */
    public record Limits(int registrationsPerMinute, int requestsPerSecond) {}

    /** Pools of Workers that grow and shrink, by where they are. */
    public record DynamicPools(Optional<AzurePools> azure, Optional<LocalPool> local) {}

    /**
     * Pools of an Azure Batch account.
     *
     * @param fake to show pools that do not exist, for trying
     */
    public record AzurePools(String location, String account, boolean fake) {

        /** Where the account is reached. */
        public URI batchUrl() {
            return URI.create("https://" + account + "." + location + ".batch.azure.com");
        }
    }

    /**
     * Workers as processes on the Manager's machine.
     *
     * @param workers how many there are without any work
     * @param mostWorkers how many there are at most
     * @param byDemand whether there are more while there is work
     * @param idle how long there must be nothing to do before there are fewer
     */
    public record LocalPool(int workers, int mostWorkers, boolean byDemand, Duration idle) {}

    /** How people log in. */
    public record UserAuthentication(boolean disableSecurity, Duration publicKeysDownloadInterval) {}

    private static Map<String, VerticleSettings> verticlesByDefault() {
        Map<String, VerticleSettings> verticles = new LinkedHashMap<>();
        for (String name : List.of(
                "task-log",
                "task-scheduler",
                "latest-image",
                "image-watch",
                "shaman",
                "http",
                "tcp-bridge",
                "key-download",
                "upstream-notifier",
                "upstream-fetcher",
                "upstream-pusher",
                "upstream-news",
                "upstream-workers",
                "upstream-pictures",
                "timeout-sweeper",
                "sleep-scheduler",
                "housekeeping",
                "log-retention",
                "history",
                "pools",
                "discovery")) {
            verticles.put(name, VerticleSettings.on(1));
        }
        verticles.put(
                "http", VerticleSettings.on(Math.min(8, Runtime.getRuntime().availableProcessors())));
        return java.util.Collections.unmodifiableMap(verticles);
    }
}

package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.discovery.DiscoveryVerticle;
import io.flamenco.manager.discovery.DiscoveryVerticle.DiscoverySettings;
import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.history.HistoryVerticle;
import io.flamenco.manager.housekeeping.HousekeepingVerticle;
import io.flamenco.manager.housekeeping.LogRetention;
import io.flamenco.manager.housekeeping.LogRetentionVerticle;
import io.flamenco.manager.housekeeping.blocking.LogShelf;
import io.flamenco.manager.http.HttpVerticle;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.images.ImageWatchVerticle;
import io.flamenco.manager.images.LatestImageVerticle;
import io.flamenco.manager.login.KeyDownloadVerticle;
import io.flamenco.manager.login.Sessions;
import io.flamenco.manager.login.blocking.KeyFiles;
import io.flamenco.manager.scheduler.TaskSchedulerVerticle;
import io.flamenco.manager.sleep.SleepSchedulerVerticle;
import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.store.HistoryStore;
import io.flamenco.manager.store.TaskPages;
import io.flamenco.manager.tasklog.TaskLogSettings;
import io.flamenco.manager.tasklog.TaskLogVerticle;
import io.flamenco.manager.testjobs.TestJobs;
import io.flamenco.manager.timeouts.TimeoutSweeperVerticle;
import io.flamenco.shared.bridge.TcpBridgeVerticle;
import io.flamenco.shared.https.HttpsParts;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Manager: its database, its verticles, and nothing else. */
public final class ManagerRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerRole.class);

    private final ManagerParts parts;
    private final ManagerConfig config;
    private final Kernel kernel;
    private final Optional<FileStoreParts> fileStore;
    private final PoolParts pools;
    private final HttpsParts https;
    private final ManagerRoutes routes;
    private final CertificateCheck server;
    private final Promise<Integer> ended = Promise.promise();
    private volatile int port;

    /** Reads files. */
    private ManagerRole(ManagerParts parts, Optional<FileStoreParts> fileStore) {
        this.parts = parts;
        this.fileStore = fileStore;
        this.config = parts.config();
        this.kernel = new Kernel(parts.vertx(), "manager");
        this.https = new HttpsParts(config.listening());
        this.server = CertificateCheck.of(config.serverTrust());
        this.pools = PoolParts.of(parts, () -> url().orElseThrow());
        this.routes = new ManagerRoutes(parts, fileStore, pools.names(), ended::tryComplete);
    }

    /**
     * Starts a Manager.
     *
     * @param vertx belongs to the caller, who closes it after {@link #stop()}
     * @return the running Manager, or a {@link io.flamenco.shared.kernel.StartFailure} with one sentence
     */
    public static Future<ManagerRole> start(Vertx vertx, ManagerConfig config) {
        return start(vertx, config, Optional.empty());
    }

    /**
     * As the other one.
     *
     * @param before whose sessions go on, when the Manager was set up before in this process
     */
    public static Future<ManagerRole> start(Vertx vertx, ManagerConfig config, Optional<Sessions> before) {
        return vertx.executeBlocking(() -> ManagerSecrets.prepare(config))
                .compose(secrets -> ManagerDatabase.open(vertx, config)
                        .compose(database -> start(ManagerParts.of(vertx, config, secrets, database, before))));
    }

    private static Future<ManagerRole> start(ManagerParts parts) {
        return parts.vertx()
                .executeBlocking(() -> new ManagerRole(parts, FileStoreParts.open(parts)))
                .compose(ManagerRole::deploy)
                .recover(failure -> parts.database().close().transform(closed -> Future.failedFuture(failure)));
    }

    @Override
    public String name() {
        return "manager";
    }

    @Override
    public Optional<URI> url() {
        return Optional.of(
                config.listening().ownUrl().orElseGet(() -> config.listening().local(port)));
    }

    @Override
    public Optional<Fingerprint> pin() {
        return https.pin();
    }

    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return kernel.stop().eventually(parts.database()::close);
    }

    private Future<ManagerRole> deploy() {
        warnOfOpenDoors();
        add("task-log", () -> new TaskLogVerticle(parts.vertx(), parts.bus(), parts.timers(), taskLogSettings()));
        add("task-scheduler", this::scheduler);
        add(
                "latest-image",
                () -> new LatestImageVerticle(parts.vertx(), parts.bus(), parts.clock(), routes.latestImage()));
        config.watchForLatestImage()
                .ifPresent(watched ->
                        add("image-watch", () -> new ImageWatchVerticle(parts.bus(), parts.timers(), watched)));
        fileStore.ifPresent(store -> add("shaman", store::verticle));
        https.addTo(kernel, parts.vertx(), parts.clock(), config.dataDirectory(), "Manager", () -> port);
        add(
                "http",
                () -> new HttpVerticle(
                        config.listening().address(), https.encryption(), routes::groups, real -> port = real));
        if (config.eventBus().tcp()) {
            add("tcp-bridge", this::tcpBridge);
        }
        if (config.link().isPresent() && !config.userAuthentication().disableSecurity()) {
            add("key-download", this::keyDownload);
        }
        config.link().ifPresent(this::addUpstream);
        if (config.discovery().enabled()) {
            add("discovery", this::discovery);
        }
        addUpkeep();
        return new TaskPages(parts.database().client())
                .prepare()
                .compose(prepared -> kernel.start())
                .onSuccess(started -> LOG.info(
                        "The Manager is up. url={} database={}",
                        url().map(URI::toString).orElse("none"),
                        parts.database().describe()))
                .map(this);
    }

    /** What one instance of the HTTP verticle serves. */
    List<RouteGroup> routeGroups(Vertx instance) {
        return routes.groups(instance);
    }

    private TcpBridgeVerticle tcpBridge() {
        return new TcpBridgeVerticle(config.eventBus(), https.encryption(), routes::bridgeTerms, listening -> {});
    }

    private void warnOfOpenDoors() {
        if (config.userAuthentication().disableSecurity()) {
            LOG.warn("Security is disabled by the settings: whoever reaches this Manager can change everything.");
        }
    }

    /**
     * A link that logs its holder in once, as an admin.
     *
     * @return empty when it was used
     */
    public Optional<URI> loginLink() {
        String key = parts.people().sessions().oneTimeKey();
        return key.isEmpty() ? Optional.empty() : url().map(url -> url.resolve("#key=" + key));
    }

    /** Who is logged in. */
    public Sessions sessions() {
        return parts.people().sessions();
    }

    private KeyDownloadVerticle keyDownload() {
        return new KeyDownloadVerticle(
                parts.timers(),
                config.flamenco(),
                config.userAuthentication().publicKeysDownloadInterval(),
                server,
                new KeyFiles(config.dataDirectory().resolve("jwtkeys")),
                parts.keys());
    }

    /** Those who talk to the Server; a Manager that is not linked to one does without. */
    private void addUpstream(ManagerConfig.Link link) {
        UpstreamVerticles upstream = new UpstreamVerticles(
                parts, link, server, () -> url().map(URI::toString).orElse(""));
        add("upstream-notifier", upstream::notifier);
        add("upstream-fetcher", upstream::fetcher);
        add("upstream-pusher", upstream::pusher);
        add("upstream-news", upstream::news);
        add("upstream-workers", upstream::workers);
        add("upstream-pictures", upstream::pictures);
    }

    /** Those who see to what time does. */
    private void addUpkeep() {
        ManagerConfig.Timeouts timeouts = config.timeouts();
        add(
                "timeout-sweeper",
                () -> new TimeoutSweeperVerticle(
                        parts.bus(), parts.clock(), parts.timers(), timeouts.activeTask(), timeouts.activeWorker()));
        add("sleep-scheduler", () -> new SleepSchedulerVerticle(parts.bus(), parts.timers()));
        add(
                "history",
                () -> new HistoryVerticle(
                        parts.bus(), new HistoryStore(parts.database().client()), parts.clock(), parts.timers()));
        if (!pools.platforms().isEmpty()) {
            add("pools", pools::verticle);
        }
        add("housekeeping", () -> new HousekeepingVerticle(parts.bus(), parts.clock(), parts.timers(), timeouts));
        if (logRetention().limited()) {
            add("log-retention", this::logRetentionVerticle);
        }
    }

    private TaskSchedulerVerticle scheduler() {
        FailurePolicy policy = new FailurePolicy(
                config.failures().blocklistThreshold(), config.failures().taskFailAfterSoftfailCount());
        return new TaskSchedulerVerticle(
                parts.bus(),
                new FarmStore(parts.database()),
                policy,
                config.fairBetweenJobs(),
                new TestJobs(
                        config.testTasks(),
                        config.variables(),
                        config.link().map(ManagerConfig.Link::managerId),
                        TestJobs.platformHere()),
                parts.clock(),
                parts.timers());
    }

    private DiscoveryVerticle discovery() {
        DiscoverySettings settings = DiscoverySettings.usual(
                config.discovery().deviceUuid(),
                config.listening().ownUrl(),
                () -> config.listening().local(port));
        return new DiscoveryVerticle(parts.vertx(), parts.timers(), parts.clock(), settings);
    }

    private LogRetention logRetention() {
        return new LogRetention(
                config.taskLogsKept().maxAge(), config.taskLogsKept().mostBytes());
    }

    private LogRetentionVerticle logRetentionVerticle() {
        return new LogRetentionVerticle(
                parts.bus(), parts.clock(), parts.timers(), new LogShelf(config.taskLogsPath()), logRetention());
    }

    private TaskLogSettings taskLogSettings() {
        return new TaskLogSettings(config.taskLogsPath(), config.taskLogsSync());
    }

    private void add(String name, Supplier<? extends Deployable> verticle) {
        kernel.add(name, config.verticle(name), verticle);
    }
}

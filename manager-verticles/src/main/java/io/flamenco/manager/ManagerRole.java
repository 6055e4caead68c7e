package io.flamenco.manager;

import io.flamenco.manager.audit.AuditLog;
import io.flamenco.manager.audit.blocking.AuditFile;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.discovery.DiscoveryVerticle;
import io.flamenco.manager.discovery.DiscoveryVerticle.DiscoverySettings;
import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.history.HistoryVerticle;
import io.flamenco.manager.housekeeping.HousekeepingVerticle;
import io.flamenco.manager.housekeeping.LogRetention;
import io.flamenco.manager.housekeeping.LogRetentionVerticle;
import io.flamenco.manager.housekeeping.blocking.LogShelf;
import io.flamenco.manager.http.BearerGate;
import io.flamenco.manager.http.BusDoor;
import io.flamenco.manager.http.BusOrders;
import io.flamenco.manager.http.DashboardRoutes;
import io.flamenco.manager.http.DescriptionRoutes;
import io.flamenco.manager.http.Door;
import io.flamenco.manager.http.DynamicPoolRoutes;
import io.flamenco.manager.http.EventBusBridge;
import io.flamenco.manager.http.FarmReportRoutes;
import io.flamenco.manager.http.HealthRoutes;
import io.flamenco.manager.http.HistoryRoutes;
import io.flamenco.manager.http.HttpVerticle;
import io.flamenco.manager.http.ImageRoutes;
import io.flamenco.manager.http.ImageWatchRoutes;
import io.flamenco.manager.http.LogRoutes;
import io.flamenco.manager.http.LoginRoutes;
import io.flamenco.manager.http.ManagerIdentity;
import io.flamenco.manager.http.RegistrationRoutes;
import io.flamenco.manager.http.RequestLimits;
import io.flamenco.manager.http.RestartRoutes;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.http.TaskApiRoutes;
import io.flamenco.manager.http.WebPages;
import io.flamenco.manager.http.WorkerActionRoutes;
import io.flamenco.manager.http.WorkerProtocol;
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
import io.flamenco.mongo.BackupException;
import io.flamenco.mongo.BackupLabel;
import io.flamenco.shared.bridge.BridgePlaces;
import io.flamenco.shared.bridge.BridgeTable;
import io.flamenco.shared.bridge.BridgeTerms;
import io.flamenco.shared.bridge.TcpBridgeVerticle;
import io.flamenco.shared.http.BackupHandler;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.https.HttpsParts;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Manager: its database, its verticles, and nothing else. */
public final class ManagerRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerRole.class);

    private final ManagerParts parts;
    private final ManagerConfig config;
    private final Kernel kernel;
    private final AuditFile auditFile;
    private final Optional<FileStoreParts> fileStore;
    private final PoolParts pools;
    private final HttpsParts https;
    private final BridgePlaces bridgePlaces;
    private final CertificateCheck server;
    private final Promise<Integer> ended = Promise.promise();
    private final AtomicBoolean backupBusy = new AtomicBoolean();
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
        this.bridgePlaces = new BridgePlaces(config.eventBus());
        this.auditFile = new AuditFile(config.dataDirectory().resolve("audit.log"));
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
        add("latest-image", () -> new LatestImageVerticle(parts.vertx(), parts.bus(), parts.clock(), latestImage()));
        config.watchForLatestImage()
                .ifPresent(watched ->
                        add("image-watch", () -> new ImageWatchVerticle(parts.bus(), parts.timers(), watched)));
        fileStore.ifPresent(store -> add("shaman", store::verticle));
        https.addTo(kernel, parts.vertx(), parts.clock(), config.dataDirectory(), "Manager", () -> port);
        add(
                "http",
                () -> new HttpVerticle(
                        config.listening().address(), https.encryption(), this::routeGroups, real -> port = real));
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

    /** What one instance of the HTTP verticle serves; routes of earlier groups are tried first. */
    List<RouteGroup> routeGroups(Vertx instance) {
        BearerGate gate = gate();
        List<RouteGroup> groups = new ArrayList<>(usualGroups(instance, gate));
        fileStore.ifPresent(store -> groups.addAll(store.routeGroups(instance, gate)));
        groups.add(new DynamicPoolRoutes(parts.bus(), pools.names(), gate));
        return groups;
    }

    private List<RouteGroup> usualGroups(Vertx instance, BearerGate gate) {
        FarmStore store = new FarmStore(parts.database());
        return List.of(
                parts.metrics(),
                new RequestLimits(parts.clock(), config.limits().requestsPerSecond()),
                new HealthRoutes(parts.bus(), store, parts.metrics()),
                new WebPages(instance, connectTo()),
                WebPages.ofRestart(instance, connectTo()),
                login(),
                new DescriptionRoutes(),
                new WorkerProtocol(
                        instance,
                        parts.bus(),
                        parts.clock(),
                        config.flamenco(),
                        config.variables(),
                        config.timeouts().activeWorker(),
                        parts.guesses()),
                new RegistrationRoutes(
                        instance,
                        parts.bus(),
                        parts.clock(),
                        parts.secrets().workerRegistration(),
                        parts.registrations()),
                new EventBusBridge(instance, bridgeTerms(instance)),
                new Door(parts.people(), audit(instance)),
                new TaskApiRoutes(parts.bus()),
                new DashboardRoutes(parts.bus(), new TaskPages(parts.database().client()), identity(), parts.clock()),
                new HistoryRoutes(parts.bus(), parts.clock()),
                new FarmReportRoutes(parts.bus(), identity(), gate),
                new WorkerActionRoutes(parts.bus(), gate),
                new ImageRoutes(instance, latestImage()),
                new ImageWatchRoutes(parts.bus(), parts.timers()),
                router -> router.get("/api/v1/backup")
                        .handler(gate)
                        .handler(new BackupHandler(instance, this::blockingBackup, backupBusy)),
                RestartRoutes.ofManager(ended::tryComplete),
                new LogRoutes(instance, parts.bus(), config.taskLogsPath(), gate));
    }

    private BridgeTerms bridgeTerms(Vertx instance) {
        return new BridgeTerms(
                BridgeTable.MANAGER,
                new BusDoor(parts.people()),
                new BusOrders(parts.bus(), audit(instance)),
                bridgePlaces,
                parts.clock(),
                parts.timers());
    }

    private TcpBridgeVerticle tcpBridge() {
        return new TcpBridgeVerticle(config.eventBus(), https.encryption(), this::bridgeTerms, listening -> {});
    }

    private void blockingBackup(OutputStream body) throws IOException {
        try {
            parts.database()
                    .blockingBackup(
                            new BackupLabel(
                                    name(), identity().version(), parts.clock().instant()),
                            body);
        } catch (BackupException refused) {
            throw new HttpFailure(409, "There is nothing to back up here: " + refused.getMessage() + ".");
        }
    }

    private BearerGate gate() {
        return config.userAuthentication().disableSecurity()
                ? BearerGate.open()
                : new BearerGate(parts.secrets().apiToken());
    }

    private void warnOfOpenDoors() {
        if (config.userAuthentication().disableSecurity()) {
            LOG.warn("Security is disabled by the settings: whoever reaches this Manager can change everything.");
        }
    }

    private AuditLog audit(Vertx instance) {
        return new AuditLog(instance, auditFile, parts.clock());
    }

    private LoginRoutes login() {
        return new LoginRoutes(
                parts.people(),
                config.flamenco(),
                config.link(),
                config.listening().ownUrl(),
                parts.logins());
    }

    /** Pages fetch tokens from the Server. */
    private String connectTo() {
        return config.link().isEmpty()
                ? ""
                : config.flamenco().getScheme() + "://" + config.flamenco().getAuthority();
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

    private ManagerIdentity identity() {
        String version = ManagerRole.class.getPackage().getImplementationVersion();
        return new ManagerIdentity(
                config.managerName(), config.mode(), version == null ? "development" : version, config.flamenco());
    }

    private DiscoveryVerticle discovery() {
        DiscoverySettings settings = DiscoverySettings.usual(
                config.discovery().deviceUuid(), config.listening().ownUrl(), () -> port);
        return new DiscoveryVerticle(parts.vertx(), parts.timers(), parts.clock(), settings);
    }

    private Path latestImage() {
        return config.dataDirectory().resolve("latest-image").resolve("latest-image.jpg");
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

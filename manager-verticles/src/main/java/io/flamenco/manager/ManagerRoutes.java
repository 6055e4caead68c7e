package io.flamenco.manager;

import io.flamenco.manager.audit.AuditLog;
import io.flamenco.manager.audit.blocking.AuditFile;
import io.flamenco.manager.config.ManagerConfig;
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
import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.store.TaskPages;
import io.flamenco.mongo.BackupException;
import io.flamenco.mongo.BackupLabel;
import io.flamenco.shared.bridge.BridgePlaces;
import io.flamenco.shared.bridge.BridgeTable;
import io.flamenco.shared.bridge.BridgeTerms;
import io.flamenco.shared.http.BackupHandler;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** What a Manager at work serves over HTTP, and on what terms. */
final class ManagerRoutes {

    private static final String ROLE = "manager";

    private final ManagerParts parts;
    private final ManagerConfig config;
    private final Optional<FileStoreParts> fileStore;
    private final Set<String> pools;
    private final IntConsumer end;
    private final AuditFile auditFile;
    private final BridgePlaces bridgePlaces;
    private final AtomicBoolean backupBusy = new AtomicBoolean();

    /**
     * @param pools the names of the pools of Workers
     * @param end ends the Manager with an exit code
     */
    ManagerRoutes(ManagerParts parts, Optional<FileStoreParts> fileStore, Set<String> pools, IntConsumer end) {
        this.parts = parts;
        this.config = parts.config();
        this.fileStore = fileStore;
        this.pools = pools;
        this.end = end;
        this.auditFile = new AuditFile(config.dataDirectory().resolve("audit.log"));
        this.bridgePlaces = new BridgePlaces(config.eventBus());
    }

    /** What one instance of the HTTP verticle serves; routes of earlier groups are tried first. */
    List<RouteGroup> groups(Vertx instance) {
        BearerGate gate = gate();
        List<RouteGroup> groups = new ArrayList<>(usualGroups(instance, gate));
        fileStore.ifPresent(store -> groups.addAll(store.routeGroups(instance, gate)));
        groups.add(new DynamicPoolRoutes(parts.bus(), pools, gate));
        return groups;
    }

    private List<RouteGroup> usualGroups(Vertx instance, BearerGate gate) {
        FarmStore store = new FarmStore(parts.database());
        return List.of(
                parts.metrics(),
                new RequestLimits(parts.clock(), config.limits().requestsPerSecond()),
                new HealthRoutes(parts.bus(), store, parts.metrics()),
                new WebPages(instance, config.serverOrigin()),
                WebPages.ofRestart(instance, config.serverOrigin()),
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
                RestartRoutes.ofManager(end),
                new LogRoutes(instance, parts.bus(), config.taskLogsPath(), gate));
    }

    /** On what terms tools and pages use the event bus. */
    BridgeTerms bridgeTerms(Vertx instance) {
        return new BridgeTerms(
                BridgeTable.MANAGER,
                new BusDoor(parts.people()),
                new BusOrders(parts.bus(), audit(instance)),
                bridgePlaces,
                parts.clock(),
                parts.timers());
    }

    private void blockingBackup(OutputStream body) throws IOException {
        try {
            parts.database()
                    .blockingBackup(
                            new BackupLabel(
                                    ROLE, identity().version(), parts.clock().instant()),
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

    private AuditLog audit(Vertx instance) {
        return new AuditLog(instance, auditFile, parts.clock());
    }

    private LoginRoutes login() {
        return new LoginRoutes(parts.people(), config.flamenco(), config.link(), parts.logins());
    }

    private ManagerIdentity identity() {
        String version = ManagerRole.class.getPackage().getImplementationVersion();
        return new ManagerIdentity(
                config.managerName(), config.mode(), version == null ? "development" : version, config.flamenco());
    }

    /** Where the newest picture is kept. */
    Path latestImage() {
        return config.dataDirectory().resolve("latest-image").resolve("latest-image.jpg");
    }
}

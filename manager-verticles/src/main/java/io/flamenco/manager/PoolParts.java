package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig.AzurePools;
import io.flamenco.manager.config.ManagerConfig.DynamicPools;
import io.flamenco.manager.config.ManagerConfig.LocalPool;
import io.flamenco.manager.pools.AzureCredentials;
import io.flamenco.manager.pools.AzurePlatform;
import io.flamenco.manager.pools.FakeAzurePlatform;
import io.flamenco.manager.pools.LocalPlatform;
import io.flamenco.manager.pools.OwnProgram;
import io.flamenco.manager.pools.Platform;
import io.flamenco.manager.pools.PoolsVerticle;
import io.flamenco.manager.pools.blocking.WorkerProcesses;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.CountTasks;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The platforms of dynamic pools that the settings name. */
record PoolParts(ManagerParts parts, List<Platform> platforms) {

    private static final Logger LOG = LoggerFactory.getLogger(PoolParts.class);
    private static final String CREDENTIALS_FILE = "azure_credentials.json";

    /**
     * Makes them; reads a file of credentials and so blocks.
     *
     * @param manager where Workers reach this Manager, once it listens
     */
    static PoolParts of(ManagerParts parts, Supplier<URI> manager) {
        DynamicPools settings = parts.config().dynamicPools();
        List<Platform> platforms = new ArrayList<>();
        settings.azure().flatMap(azure -> azure(parts, azure)).ifPresent(platforms::add);
        settings.local().map(local -> local(parts, local, manager)).ifPresent(platforms::add);
        return new PoolParts(parts, platforms);
    }

    Set<String> names() {
        return platforms.stream().map(Platform::name).collect(Collectors.toSet());
    }

    PoolsVerticle verticle() {
        return new PoolsVerticle(parts.bus(), parts.timers(), parts.clock(), platforms);
    }

    private static Optional<Platform> azure(ManagerParts parts, AzurePools azure) {
        if (azure.fake()) {
            return Optional.of(new FakeAzurePlatform());
        }
        String file = Optional.ofNullable(System.getenv("AZURE_AUTH_LOCATION")).orElse(CREDENTIALS_FILE);
        try {
            AzureCredentials credentials = AzureCredentials.of(
                    new JsonObject(parts.vertx().fileSystem().readFileBlocking(file)));
            return Optional.of(
                    new AzurePlatform(WebClient.create(parts.vertx()), parts.clock(), azure.batchUrl(), credentials));
        } catch (RuntimeException e) {
            LOG.error(
                    "Pools at Azure are not looked after: the credentials cannot be read from {} ({}). Write them there, or"
                            + " name another file in AZURE_AUTH_LOCATION.",
                    file,
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static LocalPlatform local(ManagerParts parts, LocalPool local, Supplier<URI> manager) {
        WorkerProcesses processes = new WorkerProcesses(
                parts.config().dataDirectory().resolve("local-workers"),
                LocalPlatform.environment(parts.secrets().workerRegistration(), Joining.pin(parts.config())));
        return new LocalPlatform(
                parts.vertx(),
                parts.timers(),
                parts.clock(),
                local,
                processes,
                () -> OwnProgram.worker(manager.get()),
                () -> tasks(parts));
    }

    private static Future<Integer> tasks(ManagerParts parts) {
        return parts.bus()
                .ask(SchedulerOrders.COUNT_TASKS, new CountTasks())
                .map(counts -> counts.ready() + counts.byStatus().getOrDefault("active", 0));
    }
}

package io.flamenco.manager.pools;

import io.flamenco.manager.config.ManagerConfig.LocalPool;
import io.flamenco.manager.pools.blocking.WorkerProcesses;
import io.flamenco.manager.pools.domain.Demand;
import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pool of Workers that run as processes on this machine. */
public final class LocalPlatform implements Platform {

    /** What the platform and its settings are called. */
    public static final String NAME = "local-process";

    private static final Logger LOG = LoggerFactory.getLogger(LocalPlatform.class);
    private static final String POOL = "local";
    private static final Duration LOOK_EACH = Duration.ofSeconds(5);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final Timers timers;
    private final Clock clock;
    private final Demand demand;
    private final WorkerProcesses processes;
    private final Supplier<List<String>> program;
    private final Supplier<Future<Integer>> tasks;
    private int standing;
    private int wanted;
    private Instant worked;
    private Instant restUntil = Instant.MIN;
    private @Nullable String failure;

    /**
     * @param program the command that runs a Worker, without its data directory
     * @param tasks how many tasks run or could be handed out now
     */
    public LocalPlatform(
            Vertx vertx,
            Timers timers,
            Clock clock,
            LocalPool settings,
            WorkerProcesses processes,
            Supplier<List<String>> program,
            Supplier<Future<Integer>> tasks) {
        this.vertx = vertx;
        this.timers = timers;
        this.clock = clock;
        this.demand = new Demand(settings.mostWorkers(), settings.byDemand(), settings.idle());
        this.processes = processes;
        this.program = program;
        this.tasks = tasks;
        this.standing = settings.workers();
        this.wanted = standing;
        this.worked = clock.instant();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<?> start() {
        timers.every("pools-local", LOOK_EACH, LOOK_EACH, this::tend);
        return Future.succeededFuture();
    }

    @Override
    public Future<List<PoolStatus>> pools() {
        int current = processes.count();
        return Future.succeededFuture(List.of(new PoolStatus(
                POOL,
                PoolStatus.ACTIVE,
                current == wanted ? PoolStatus.STEADY : PoolStatus.RESIZING,
                failure,
                new PoolSize(current, 0),
                new PoolSize(wanted, 0),
                null)));
    }

    @Override
    public Future<?> resize(String pool, PoolSize size) {
        if (!pool.equals(POOL)) {
            return refused("There is no pool \"" + pool + "\" here; the only one is \"" + POOL + "\".");
        }
        if (size.lowPriorityNodes() > 0 || size.dedicatedNodes() > demand.most()) {
            return refused(
                    "This machine runs up to " + demand.most()
                            + " Workers, all of them dedicated; raise dynamic_pool_platforms.local-process.max_workers for more.");
        }
        standing = size.dedicatedNodes();
        return tend();
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            processes.stopAll();
            return true;
        });
    }

    private static Future<?> refused(String sentence) {
        return Future.failedFuture(new HttpFailure(409, sentence));
    }

    /** Sees who has ended, decides how many there shall be, and starts or stops some. */
    private Future<?> tend() {
        return tasks.get().otherwise(0).compose(count -> {
            Instant now = clock.instant();
            worked = count > 0 ? now : worked;
            return vertx.executeBlocking(() -> adjust(count, now));
        });
    }

    private synchronized int adjust(int count, Instant now) throws Exception {
        processes.takeEnded().forEach((number, code) -> onEnded(number, code, now));
        int current = processes.count();
        wanted = demand.wanted(standing, current, count, Duration.between(worked, now));
        if (current > wanted) {
            LOG.info("Workers of the local pool are stopped. current={} wanted={}", current, wanted);
            processes.stopDownTo(wanted);
        } else if (current < wanted && !now.isBefore(restUntil)) {
            LOG.info("Workers of the local pool are started. current={} wanted={}", current, wanted);
            for (int i = current; i < wanted; i++) {
                processes.start(program.get());
            }
        }
        return wanted;
    }

    /** One that was asked to stop ends with 0 or by its signal. */
    private void onEnded(int number, int code, Instant now) {
        if (code == 0 || code > 128) {
            LOG.info("A Worker of the local pool ended. number={} code={}", number, code);
            failure = null;
        } else {
            failure = "Worker " + number + " ended with " + code + "; its output.log tells why";
            restUntil = now.plus(REST_AFTER_FAILURE);
            LOG.warn("A Worker of the local pool failed and is started again later. number={} code={}", number, code);
        }
    }

    /**
     * What Workers of the pool need to know beside their command.
     *
     * @param pin by what they recognise a Manager for which no authority vouches
     */
    public static Map<String, String> environment(String registrationSecret, Optional<Fingerprint> pin) {
        Map<String, String> environment = new HashMap<>();
        if (!registrationSecret.isEmpty()) {
            environment.put("FLAMENCO_WORKER_WORKER_REGISTRATION_SECRET", registrationSecret);
        }
        pin.ifPresent(fingerprint -> environment.put("FLAMENCO_WORKER_MANAGER_FINGERPRINT", fingerprint.hex()));
        return environment;
    }
}

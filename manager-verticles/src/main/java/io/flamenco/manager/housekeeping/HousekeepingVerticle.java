package io.flamenco.manager.housekeeping;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.ForgetTasks;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.RemoveStale;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders old tasks and Workers to be forgotten, periodically. */
public final class HousekeepingVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingVerticle.class);

    private static final Duration TASKS_FIRST = Duration.ofMinutes(6);
    private static final Duration TASKS_PERIOD = Duration.ofMinutes(10);
    private static final Duration WORKERS_FIRST = Duration.ofMinutes(5);
    private static final Duration WORKERS_PERIOD = Duration.ofSeconds(30);

    private final FarmBus bus;
    private final Clock clock;
    private final Timers timers;
    private final ManagerConfig.Timeouts settings;

    public HousekeepingVerticle(FarmBus bus, Clock clock, Timers timers, ManagerConfig.Timeouts settings) {
        this.bus = bus;
        this.clock = clock;
        this.timers = timers;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        timers.every("forget old tasks", TASKS_FIRST, TASKS_PERIOD, this::forgetTasks);
        if (settings.workerCleanupMaxAge().isPositive()
                && !settings.workerCleanupStatus().isEmpty()) {
            timers.every("forget old workers", WORKERS_FIRST, WORKERS_PERIOD, this::forgetWorkers);
        }
        return Future.succeededFuture();
    }

    private Future<?> forgetTasks() {
        return bus.ask(
                        SchedulerOrders.FORGET_TASKS,
                        new ForgetTasks(clock.instant().minus(settings.taskCleanupMaxAge())))
                .onSuccess(forgotten -> tell("tasks", forgotten.count()));
    }

    private Future<?> forgetWorkers() {
        return bus.ask(
                        WorkerOrders.REMOVE_STALE,
                        new RemoveStale(
                                settings.workerCleanupStatus(), clock.instant().minus(settings.workerCleanupMaxAge())))
                .onSuccess(removed -> tell("workers", removed.count()));
    }

    private static void tell(String what, int count) {
        if (count > 0) {
            LOG.info("What was not seen for long is forgotten. what={} count={}", what, count);
        }
    }
}

package io.flamenco.manager.sleep;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ApplySleepSchedules;
import io.flamenco.manager.workers.WorkerOrders.SleepRound;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the sleep schedules applied every minute. */
public final class SleepSchedulerVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(SleepSchedulerVerticle.class);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final FarmBus bus;
    private final Timers timers;

    public SleepSchedulerVerticle(FarmBus bus, Timers timers) {
        this.bus = bus;
        this.timers = timers;
    }

    @Override
    public Future<?> start() {
        timers.every("sleep schedules", FIRST, PERIOD, this::apply);
        return Future.succeededFuture();
    }

    private Future<SleepRound> apply() {
        return bus.ask(WorkerOrders.APPLY_SLEEP_SCHEDULES, new ApplySleepSchedules())
                .onSuccess(round -> LOG.debug("Sleep schedules were applied. requested={}", round.requested()));
    }
}

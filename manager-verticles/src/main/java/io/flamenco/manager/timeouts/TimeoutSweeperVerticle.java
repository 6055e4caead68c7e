package io.flamenco.manager.timeouts;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.TimeOut;
import io.flamenco.manager.scheduler.SchedulerOrders.TimedOut;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders time-outs periodically. The first are ordered some time after the start, so that a Manager that was away accuses
 * nobody of silence; nor does one whose machine was asleep, or whose clock was put forward.
 */
public final class TimeoutSweeperVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TimeoutSweeperVerticle.class);

    private static final Duration STARTUP_DELAY = Duration.ofMinutes(5);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final FarmBus bus;
    private final Clock clock;
    private final Timers timers;
    private final Duration activeTask;
    private final Duration activeWorker;
    private Instant expected = Instant.MAX;
    private Instant notBefore = Instant.MIN;

    /**
     * @param activeTask how long nothing may be heard of an active task
     * @param activeWorker how long nothing may be heard of a Worker that is awake
     */
    public TimeoutSweeperVerticle(FarmBus bus, Clock clock, Timers timers, Duration activeTask, Duration activeWorker) {
        this.bus = bus;
        this.clock = clock;
        this.timers = timers;
        this.activeTask = activeTask;
        this.activeWorker = activeWorker;
    }

    @Override
    public Future<?> start() {
        expected = clock.instant().plus(STARTUP_DELAY);
        timers.every("time-outs", STARTUP_DELAY, PERIOD, this::sweep);
        return Future.succeededFuture();
    }

    private Future<?> sweep() {
        Instant now = clock.instant();
        if (now.isAfter(expected.plus(PERIOD))) {
            notBefore = now.plus(STARTUP_DELAY);
            LOG.info("Nobody times out until {}: this Manager was away since {}.", notBefore, expected);
        }
        expected = now.plus(PERIOD);
        return now.isBefore(notBefore) ? Future.succeededFuture() : timeOut(now);
    }

    private Future<TimedOut> timeOut(Instant now) {
        return bus.ask(SchedulerOrders.TIME_OUT, new TimeOut(now.minus(activeTask), now.minus(activeWorker)))
                .onSuccess(TimeoutSweeperVerticle::tell);
    }

    private static void tell(TimedOut timedOut) {
        if (timedOut.tasks() + timedOut.workers() > 0) {
            LOG.info("Somebody timed out. tasks={} workers={}", timedOut.tasks(), timedOut.workers());
        }
    }
}

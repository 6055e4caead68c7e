package io.flamenco.shared.time;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that comes round, on top of anything that can do something once after a delay. One event loop only. */
final class PeriodicWork implements Timers.Timer {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicWork.class);

    private final Timers timers;
    private final String name;
    private final Duration period;
    private final Supplier<Future<?>> work;
    private Timers.@Nullable Timer next;
    private long planned;
    private boolean underWay;
    private boolean kicked;
    private boolean cancelled;

    PeriodicWork(Timers timers, String name, Duration period, Supplier<Future<?>> work) {
        this.timers = timers;
        this.name = name;
        this.period = period;
        this.work = work;
    }

    PeriodicWork startIn(Duration first) {
        long plan = ++planned;
        next = timers.once(name, first, () -> roundAsPlanned(plan));
        return this;
    }

    @Override
    public void cancel() {
        cancelled = true;
        forgetNext();
    }

    @Override
    public void kick() {
        if (underWay) {
            kicked = true;
        } else if (!cancelled) {
            forgetNext();
            round();
        }
    }

    /** A timer that fired just before it was cancelled must not bring a round of its own. */
    private void roundAsPlanned(long plan) {
        if (plan == planned) {
            round();
        }
    }

    private void round() {
        underWay = true;
        kicked = false;
        Future<?> ended;
        try {
            ended = work.get();
        } catch (RuntimeException e) {
            ended = Future.failedFuture(e);
        }
        ended.onComplete(outcome -> {
            if (outcome.failed()) {
                LOG.warn("Periodic work failed and will be tried again. work={}", name, outcome.cause());
            }
            underWay = false;
            if (!cancelled) {
                startIn(kicked ? Duration.ZERO : period);
            }
        });
    }

    private void forgetNext() {
        planned++;
        if (next != null) {
            next.cancel();
            next = null;
        }
    }
}

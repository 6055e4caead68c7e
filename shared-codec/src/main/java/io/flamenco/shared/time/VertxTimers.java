package io.flamenco.shared.time;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers of real time, which run on the event loop of the verticle that starts them, and end with it. */
public final class VertxTimers implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(VertxTimers.class);

    private static final Duration LONGER_THAN_ANY_ROUND = Duration.ofDays(365);

    private final Vertx vertx;

    public VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Timer every(String name, Duration first, Duration period, Supplier<Future<?>> work) {
        return new PeriodicWork(this, name, period, () -> unlessOutlived(work)).startIn(first);
    }

    /**
     * A round that is still under way when its verticle ends is the last one: it is not told of as ended, so that no other is
     * planned. Vert.x takes the timers of a verticle away when that ends, by which it shows.
     */
    private Future<?> unlessOutlived(Supplier<Future<?>> work) {
        Promise<Object> ended = Promise.promise();
        long verticle = vertx.setTimer(LONGER_THAN_ANY_ROUND.toMillis(), never -> {});
        Future.succeededFuture()
                .<Object>compose(now -> work.get().map(done -> done))
                .onComplete(outcome -> {
                    if (vertx.cancelTimer(verticle)) {
                        ended.handle(outcome);
                    }
                });
        return ended.future();
    }

    @Override
    public Timer once(String name, Duration delay, Runnable work) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), fired -> guarded(name, work));
        return new Timer() {
            @Override
            public void cancel() {
                vertx.cancelTimer(id);
            }

            @Override
            public void kick() {
                if (vertx.cancelTimer(id)) {
                    guarded(name, work);
                }
            }
        };
    }

    private static void guarded(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Delayed work failed. work={}", name, e);
        }
    }
}

package io.flamenco.shared.time;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time that passes only when a test says so: a clock, and timers that follow it. Work runs on the event loop of the
 * verticle that asked for it, or on the test's own thread when nobody's did.
 */
public final class TickedTime extends Clock implements Timers {

    private static final Logger LOG = LoggerFactory.getLogger(TickedTime.class);
    private static final int LONGEST_TURN_SECONDS = 5;

    /** In longer ones, rounds of periodic work are left out: there would be millions in a month. */
    private static final Duration LONGEST_STEP_WITH_ALL_ROUNDS = Duration.ofMinutes(10);

    private final List<Due> dues = new ArrayList<>();
    private Instant now;

    private record Due(Instant at, Runnable work, @Nullable Context context, AtomicBoolean cancelled) {}

    /** Time that stands still at that moment. */
    public TickedTime(Instant now) {
        this.now = now;
    }

    /** Lets time pass; what falls due in between is done in order, at its own moment. */
    public void tick(Duration duration) {
        Instant end = instant().plus(duration);
        for (Optional<Due> next = takeNext(end); next.isPresent(); next = takeNext(end)) {
            Due due = next.get();
            if (due.context() == null) {
                due.work().run();
            } else {
                runThere(due, due.context(), duration.compareTo(LONGEST_STEP_WITH_ALL_ROUNDS) <= 0);
            }
        }
        setNow(end);
    }

    /**
     * @param wait whether time stands still until it is done, or else it sees a later moment, and plans its next round from
     *     there
     */
    private static void runThere(Due due, Context context, boolean wait) {
        CountDownLatch done = new CountDownLatch(1);
        context.runOnContext(ignored -> {
            try {
                runUnlessCancelled(due);
            } finally {
                done.countDown();
            }
        });
        if (wait && Vertx.currentContext() == null) {
            waitFor(done);
        }
    }

    /** An event loop that has ended does nothing any more. */
    private static void waitFor(CountDownLatch done) {
        try {
            boolean inTime = done.await(LONGEST_TURN_SECONDS, TimeUnit.SECONDS);
            LOG.debug("A timer had its turn. in_time={}", inTime);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its moment has come, but somebody may have cancelled it while it waited for its event loop. */
    private static void runUnlessCancelled(Due due) {
        if (!due.cancelled().get()) {
            due.work().run();
        }
    }

    @Override
    public Timer every(String name, Duration first, Duration period, Supplier<Future<?>> work) {
        return new PeriodicWork(this, name, period, work).startIn(first);
    }

    @Override
    public synchronized Timer once(String name, Duration delay, Runnable work) {
        Due due = new Due(now.plus(delay), work, Vertx.currentContext(), new AtomicBoolean());
        dues.add(due);
        return new Timer() {
            @Override
            public void cancel() {
                due.cancelled().set(true);
                forget(due);
            }

            @Override
            public void kick() {
                if (forget(due)) {
                    work.run();
                }
            }
        };
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("ticked time is in UTC");
    }

    /**
     * How many things are to be done later. Periodic work that is under way does not count, so a test that waits for the
     * number it began with knows that a round has ended.
     */
    public synchronized int waiting() {
        return dues.size();
    }

    private synchronized boolean forget(Due due) {
        return dues.remove(due);
    }

    private synchronized Optional<Due> takeNext(Instant end) {
        Optional<Due> next = dues.stream().filter(due -> !due.at().isAfter(end)).min(Comparator.comparing(Due::at));
        next.ifPresent(due -> {
            dues.remove(due);
            now = due.at().isAfter(now) ? due.at() : now;
        });
        return next;
    }

    private synchronized void setNow(Instant moment) {
        now = moment;
    }
}

package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.testjobs.TestJobs;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of tasks and Workers: takes orders ({@link OrderDesk}), decides in memory ({@link Decisions}), stores ({@link
 * TurnWriter}), answers, tells what happened ({@link Announcements}), and sees to what follows ({@link Errands}).
 */
public final class TaskSchedulerVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSchedulerVerticle.class);

    /** Signs of life and progress may be lost in a crash for so long. */
    private static final Duration STORE_LATER = Duration.ofSeconds(5);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration FORGIVE_AFTER = Duration.ofHours(1);

    private final FarmBus bus;
    private final FarmStore store;
    private final Clock clock;
    private final Timers timers;
    private final TestJobs testJobs;
    private final Farm farm;
    private final Decisions decide;
    private @Nullable TurnWriter turnWriter;

    /**
     * @param policy when failures are for good
     * @param fair whether jobs of equal priority take turns
     * @param testJobs makes test jobs
     * @param clock its zone is that of log lines and sleep schedules
     */
    public TaskSchedulerVerticle(
            FarmBus bus,
            FarmStore store,
            FailurePolicy policy,
            boolean fair,
            TestJobs testJobs,
            Clock clock,
            Timers timers) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
        this.timers = timers;
        this.testJobs = testJobs;
        this.farm = new Farm(policy, fair, clock.getZone());
        this.decide = new Decisions(farm);
    }

    @Override
    public Future<?> start() {
        return new Loading(farm, clock.instant()).from(store).onSuccess(loaded -> {
            Announcements announcements = new Announcements(bus, clock);
            TurnWriter writer = new TurnWriter(context, timers, farm.changes, store::write, announcements::stored);
            turnWriter = writer;
            Errands errands = new Errands(bus, store, clock, announcements, writer, decide);
            TestDesk testDesk = new TestDesk(farm, decide.roster, testJobs);
            new OrderDesk(vertx, bus, clock, decide, testDesk, writer, errands).open();
            storeNowAndThen(writer);
            forgiveRefusedUpdates();
            dismissOverdueWaiters();
            LOG.info(
                    "The queue is loaded. tasks={} ready={} workers={} outbox={}",
                    farm.board.size(),
                    farm.board.ready().size(),
                    farm.countWorkers(),
                    farm.outbox.waiting());
        });
    }

    @Override
    public Future<?> stop() {
        farm.waitingRoom.takeAll().forEach(waiter -> waiter.answer().accept(new SchedulerOrders.NothingToDo()));
        return turnWriter == null
                ? Future.succeededFuture()
                : turnWriter.flush().timeout(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    private void storeNowAndThen(TurnWriter writer) {
        timers.every("store what could wait", STORE_LATER, STORE_LATER, writer::flush);
    }

    private void forgiveRefusedUpdates() {
        timers.every("retry refused updates", FORGIVE_AFTER, FORGIVE_AFTER, () -> {
            farm.outbox.forgiveAll();
            return Future.succeededFuture();
        });
    }

    private void dismissOverdueWaiters() {
        timers.every("dismiss waiting workers", WaitingRoom.BUCKET, WaitingRoom.BUCKET, () -> {
            decide.dispatch.dismissOverdue(clock.instant());
            return Future.succeededFuture();
        });
    }
}

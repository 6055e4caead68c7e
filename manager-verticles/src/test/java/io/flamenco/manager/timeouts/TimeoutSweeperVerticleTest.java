package io.flamenco.manager.timeouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.FarmUnderTest;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.TimeOut;
import io.flamenco.manager.scheduler.SchedulerOrders.TimedOut;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeoutSweeperVerticleTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime wall = new TickedTime(START);

    /** Stands still while the machine sleeps. */
    private final TickedTime timers = new TickedTime(START);

    private final List<TimeOut> orders = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start_it() {
        FarmBus bus = new FarmBus(vertx);
        bus.answer(SchedulerOrders.TIME_OUT, order -> {
            orders.add(order);
            return Future.succeededFuture(new TimedOut(0, 0));
        });
        FarmUnderTest.await(vertx.deployVerticle(
                new TimeoutSweeperVerticle(bus, wall, timers, Duration.ofMinutes(10), Duration.ofMinutes(5))));
    }

    @AfterEach
    void end() {
        FarmUnderTest.await(vertx.close());
    }

    private void minutes(int count) {
        for (int minute = 0; minute < count; minute++) {
            wall.tick(Duration.ofMinutes(1));
            timers.tick(Duration.ofMinutes(1));
            await().until(() -> timers.waiting() == 1);
        }
    }

    @Test
    void nobody_is_accused_of_silence_soon_after_the_start() {
        minutes(4);
        assertThat(orders).isEmpty();

        minutes(2);

        assertThat(orders).hasSize(2).first().isEqualTo(new TimeOut(START.minusSeconds(300), START));
    }

    @Test
    void nobody_is_accused_of_silence_soon_after_the_machine_slept() {
        minutes(6);
        orders.clear();
        wall.tick(Duration.ofHours(1));

        minutes(5);
        assertThat(orders).isEmpty();

        minutes(1);
        assertThat(orders).hasSize(1);
    }
}

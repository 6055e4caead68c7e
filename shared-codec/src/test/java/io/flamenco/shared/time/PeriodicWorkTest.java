package io.flamenco.shared.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PeriodicWorkTest {

    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private final TickedTime time = new TickedTime(START);
    private final List<Long> rounds = new ArrayList<>();

    private Future<Void> noteRound() {
        rounds.add(Duration.between(START, time.instant()).toSeconds());
        return Future.succeededFuture();
    }

    @Test
    void work_comes_round_after_the_first_delay_and_each_period() {
        time.every("work", Duration.ofSeconds(5), Duration.ofSeconds(60), this::noteRound);

        time.tick(Duration.ofSeconds(130));

        assertThat(rounds).containsExactly(5L, 65L, 125L);
    }

    @Test
    void work_that_fails_comes_round_again() {
        time.every("work", Duration.ofSeconds(1), Duration.ofSeconds(1), () -> {
            noteRound();
            throw new IllegalStateException("this time");
        });

        time.tick(Duration.ofSeconds(3));

        assertThat(rounds).containsExactly(1L, 2L, 3L);
    }

    @Test
    void work_never_overlaps_itself() {
        Promise<Void> slow = Promise.promise();
        time.every("work", Duration.ZERO, Duration.ofSeconds(1), () -> {
            noteRound();
            return slow.future();
        });

        time.tick(Duration.ofSeconds(10));
        assertThat(rounds).containsExactly(0L);
        slow.complete();
        time.tick(Duration.ofSeconds(1));

        assertThat(rounds).containsExactly(0L, 11L);
    }

    @Test
    void a_kick_brings_the_next_round_at_once() {
        Timers.Timer timer = time.every("work", Duration.ofSeconds(60), Duration.ofSeconds(60), this::noteRound);
        time.tick(Duration.ofSeconds(7));

        timer.kick();
        time.tick(Duration.ofSeconds(60));

        assertThat(rounds).containsExactly(7L, 67L);
    }

    @Test
    void a_kick_during_a_round_brings_another_right_after_it() {
        Promise<Void> slow = Promise.promise();
        Timers.Timer timer = time.every("work", Duration.ZERO, Duration.ofSeconds(60), () -> {
            noteRound();
            return rounds.size() == 1 ? slow.future() : Future.succeededFuture();
        });
        time.tick(Duration.ofSeconds(3));

        timer.kick();
        timer.kick();
        slow.complete();
        time.tick(Duration.ofSeconds(1));

        assertThat(rounds).containsExactly(0L, 3L);
    }

    @Test
    void cancelled_work_does_not_come_round() {
        Timers.Timer timer = time.every("work", Duration.ZERO, Duration.ofSeconds(1), this::noteRound);
        time.tick(Duration.ofSeconds(2));

        timer.cancel();
        timer.kick();
        time.tick(Duration.ofSeconds(10));

        assertThat(rounds).containsExactly(0L, 1L, 2L);
    }

    @Test
    void a_timer_that_fired_just_before_the_kick_brings_no_second_round() {
        // Given
        List<Runnable> fired = new ArrayList<>();
        PeriodicWork work =
                new PeriodicWork(new TooLateToCancel(fired), "work", Duration.ofSeconds(60), this::noteRound);
        work.startIn(Duration.ofSeconds(60));

        // When
        work.kick();
        fired.getFirst().run();

        // Then
        assertThat(rounds).hasSize(1);
    }

    /** Timers whose work is on its way already when somebody cancels it. */
    private record TooLateToCancel(List<Runnable> fired) implements Timers {

        @Override
        public Timer every(String name, Duration first, Duration period, Supplier<Future<?>> work) {
            throw new UnsupportedOperationException("not asked for here");
        }

        @Override
        public Timer once(String name, Duration delay, Runnable work) {
            fired.add(work);
            return new Timer() {
                @Override
                public void cancel() {}

                @Override
                public void kick() {}
            };
        }
    }
}

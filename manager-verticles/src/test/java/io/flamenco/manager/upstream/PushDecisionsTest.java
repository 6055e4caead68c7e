package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PushDecisionsTest {

    private final PushTiming timing = new PushTiming(Duration.ofSeconds(5), 3000, Duration.ofSeconds(10));

    @Test
    void kick_is_always_enough() {
        assertThat(timing.due(true, 0, Duration.ZERO)).isTrue();
    }

    @Test
    void updates_wait_for_the_interval_unless_there_are_many() {
        assertThat(timing.due(false, 1, Duration.ofMillis(4999))).isFalse();
        assertThat(timing.due(false, 1, Duration.ofSeconds(5))).isTrue();
        assertThat(timing.due(false, 2999, Duration.ZERO)).isFalse();
        assertThat(timing.due(false, 3000, Duration.ZERO)).isTrue();
    }

    @Test
    void empty_push_waits_for_the_longer_interval() {
        assertThat(timing.due(false, 0, Duration.ofMillis(9999))).isFalse();
        assertThat(timing.due(false, 0, Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void pause_doubles_with_each_failure_up_to_the_limit_and_ends_with_a_success() {
        Backoff backoff = Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(60));
        assertThat(backoff.pause(0)).isZero();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            backoff = backoff.afterFailure();
            assertThat(backoff.pause(0)).hasSeconds(seconds);
            assertThat(backoff.pause(1)).isEqualTo(Duration.ofMillis(seconds * 750L));
        }
        assertThat(backoff.afterSuccess().pause(0)).isZero();
    }

    @Test
    void pause_stays_at_the_limit_however_often_it_fails() {
        Backoff backoff = Backoff.between(Duration.ofSeconds(1), Duration.ofMinutes(1));
        for (int n = 0; n < 1_000; n++) {
            backoff = backoff.afterFailure();
        }
        assertThat(backoff.pause(0)).hasMinutes(1);
    }

    @Test
    void idle_workers_cause_downloads_as_the_throttle_allows() {
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        DownloadTiming usual = new DownloadTiming(Duration.ofMinutes(10), Duration.ofSeconds(10));
        assertThat(usual.kickedByIdleWorker(null, now)).isTrue();
        assertThat(usual.kickedByIdleWorker(now.minusSeconds(10), now)).isFalse();
        assertThat(usual.kickedByIdleWorker(now.minusMillis(10_001), now)).isTrue();

        DownloadTiming unlimited = new DownloadTiming(Duration.ofMinutes(10), Duration.ZERO);
        assertThat(unlimited.kickedByIdleWorker(now, now)).isTrue();

        DownloadTiming never = new DownloadTiming(Duration.ofMinutes(10), Duration.ofSeconds(-1));
        assertThat(never.kickedByIdleWorker(null, now)).isFalse();
    }
}

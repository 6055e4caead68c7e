package io.flamenco.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.time.TickedTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final RateLimit limit = RateLimit.perMinute(time, 3);

    @Test
    void all_permits_may_be_taken_at_once_and_come_back_one_by_one() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isEmpty();
        }
        assertThat(limit.take("a")).contains(Duration.ofSeconds(20));
        assertThat(limit.waiting("a")).contains(Duration.ofSeconds(20));

        time.tick(Duration.ofSeconds(20));

        assertThat(limit.take("a")).isEmpty();
        assertThat(limit.take("a")).contains(Duration.ofSeconds(20));
    }

    @Test
    void callers_do_not_take_from_each_other() {
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }
        assertThat(limit.take("b")).isEmpty();
    }

    @Test
    void who_is_refused_has_to_wait_no_longer_for_having_asked() {
        for (int i = 0; i < 50; i++) {
            limit.take("a");
        }
        time.tick(Duration.ofMinutes(1));

        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isEmpty();
        }
    }

    @Test
    void who_is_forgiven_has_all_permits_again() {
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }

        limit.forgive("a");

        assertThat(limit.waiting("a")).isEmpty();
    }

    @Test
    void what_is_saved_up_never_exceeds_what_may_come_at_once() {
        limit.take("a");
        time.tick(Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isEmpty();
        }

        assertThat(limit.take("a")).contains(Duration.ofSeconds(20));
    }

    @Test
    void a_clock_that_is_set_back_gives_nothing_away_and_takes_nothing() {
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }

        time.tick(Duration.ofSeconds(-100));

        assertThat(limit.take("a")).contains(Duration.ofSeconds(20));
    }

    @Test
    void a_flood_of_callers_is_not_remembered_for_ever() {
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }
        for (int i = 0; i < 50_000; i++) {
            limit.take("caller " + i);
        }
        assertThat(limit.take("a")).as("forgotten for the sake of the memory").isEmpty();
    }
}

package io.flamenco.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final Allowances allowances = new Allowances(2, Duration.ofSeconds(10));

    @Test
    void so_many_at_once_and_one_more_as_time_passes() {
        allowances.count("ana", NOON);
        assertThat(allowances.waitOf("ana", NOON)).isZero();
        allowances.count("ana", NOON);

        assertThat(allowances.waitOf("ana", NOON)).isEqualTo(Duration.ofSeconds(10));
        assertThat(allowances.waitOf("ana", NOON.plusSeconds(4))).isEqualTo(Duration.ofSeconds(6));
        assertThat(allowances.waitOf("ana", NOON.plusSeconds(10))).isZero();
        assertThat(allowances.waitOf("ben", NOON)).isZero();
    }

    @Test
    void what_is_saved_up_never_exceeds_what_may_come_at_once() {
        Instant later = NOON.plus(Duration.ofDays(1));
        allowances.count("ana", NOON);

        allowances.count("ana", later);
        allowances.count("ana", later);

        assertThat(allowances.waitOf("ana", later)).isEqualTo(Duration.ofSeconds(10));
        allowances.forgive("ana");
        assertThat(allowances.waitOf("ana", later)).isZero();
    }

    @Test
    void a_clock_that_is_set_back_gives_nothing_away() {
        allowances.count("ana", NOON);
        allowances.count("ana", NOON);

        assertThat(allowances.waitOf("ana", NOON.minusSeconds(100))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void strangers_cannot_fill_the_memory() {
        allowances.count("first", NOON);
        allowances.count("first", NOON);

        for (int i = 0; i < 10_000; i++) {
            allowances.count("stranger " + i, NOON);
        }

        assertThat(allowances.waitOf("first", NOON)).as("was forgotten").isZero();
    }
}

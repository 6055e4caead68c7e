package io.flamenco.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flamenco.benchmarks.http.Answer;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void percentiles_are_of_the_calls_since_the_last_reset() {
        tally.record("call", 5_000_000_000L);
        tally.reset();
        for (int millis = 1; millis <= 100; millis++) {
            tally.record("call", millis * 1_000_000L);
        }

        Tally.Snapshot snapshot = tally.reset();

        assertThat(snapshot.count("call")).isEqualTo(100);
        assertThat(snapshot.milliseconds("call", 50)).isCloseTo(50, within(0.1));
        assertThat(snapshot.milliseconds("call", 99)).isCloseTo(99, within(0.1));
        assertThat(snapshot.milliseconds("never", 99)).isZero();
    }

    @Test
    void refusals_that_differ_in_ids_only_are_counted_together() {
        tally.refused("update", new Answer(404, "Task 5f1000000000000000000001 is unknown."));
        tally.refused("update", new Answer(404, "Task 5f1000000000000000000002 is unknown."));
        tally.failed("update", new IllegalStateException("gone"));

        Tally.Snapshot snapshot = tally.reset();

        assertThat(snapshot.odd()).isEqualTo(3);
        assertThat(snapshot.oddities()).containsEntry("update → 404 Task <id> is unknown.", 2L);
    }
}

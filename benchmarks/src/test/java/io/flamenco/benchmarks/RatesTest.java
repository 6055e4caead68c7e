package io.flamenco.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatesTest {

    @Test
    void kinds_are_compared_by_their_medians_with_the_first_kind() {
        Rates rates = new Rates();
        for (double rate : new double[] {100, 1, 120}) {
            rates.add("normal", rate);
        }
        for (double rate : new double[] {40, 60}) {
            rates.add("hung", rate);
        }

        assertThat(rates.median("normal")).isEqualTo(100);
        assertThat(rates.median("hung")).isEqualTo(50);
        assertThat(rates.report().lines().toList().get(1)).contains("hung").contains("50.0 % of the first");
    }

    @Test
    void nothing_measured_is_no_rate() {
        assertThat(new Rates().median("never")).isZero();
        assertThat(new Rates().report()).isEmpty();
    }
}

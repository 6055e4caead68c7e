package io.flamenco.manager.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.pools.domain.Demand;
import io.flamenco.manager.pools.domain.PollPace;
import io.flamenco.manager.pools.domain.PoolSize;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemandTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration LATER = Duration.ofMinutes(5);

    private final Demand demand = new Demand(4, true, LATER);

    @Test
    void pool_grows_with_the_work_up_to_its_bound() {
        assertThat(demand.wanted(0, 0, 0, NOW)).isZero();
        assertThat(demand.wanted(0, 0, 3, NOW)).isEqualTo(3);
        assertThat(demand.wanted(0, 0, 300, NOW)).isEqualTo(4);
        assertThat(demand.wanted(9, 0, 0, NOW)).isEqualTo(4);
    }

    @Test
    void pool_shrinks_only_after_there_has_been_nothing_to_do_for_a_while() {
        assertThat(demand.wanted(1, 4, 1, NOW)).isEqualTo(4);
        assertThat(demand.wanted(1, 4, 0, LATER.minusSeconds(1))).isEqualTo(4);
        assertThat(demand.wanted(1, 4, 0, LATER)).isEqualTo(1);
    }

    @Test
    void pool_of_fixed_size_has_that_size() {
        Demand fixed = new Demand(4, false, LATER);

        assertThat(fixed.wanted(2, 4, 300, NOW)).isEqualTo(2);
        assertThat(fixed.wanted(2, 0, 0, LATER)).isEqualTo(2);
    }

    @Test
    void pools_are_looked_at_the_less_the_longer_nobody_asks() {
        assertThat(PollPace.after(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(15));
        assertThat(PollPace.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofMinutes(1));
        assertThat(PollPace.after(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(PollPace.after(Duration.ofMinutes(15))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void sizes_are_not_negative() {
        assertThatThrownBy(() -> new PoolSize(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PoolSize(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}

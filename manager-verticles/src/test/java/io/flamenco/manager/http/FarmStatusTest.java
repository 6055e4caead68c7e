package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FarmStatusTest {

    @Test
    void farm_with_workers_awake_is_active_or_idle() {
        assertThat(FarmStatus.of(Map.of("awake", 1, "asleep", 5), 3)).isEqualTo(FarmStatus.ACTIVE);
        assertThat(FarmStatus.of(Map.of("awake", 1, "asleep", 5), 0)).isEqualTo(FarmStatus.IDLE);
        assertThat(FarmStatus.of(Map.of("testing", 1), 0)).isEqualTo(FarmStatus.IDLE);
    }

    @Test
    void sleeping_farm_waits_when_there_is_work() {
        assertThat(FarmStatus.of(Map.of("asleep", 1, "offline", 5), 3)).isEqualTo(FarmStatus.WAITING);
        assertThat(FarmStatus.of(Map.of("asleep", 1, "error", 5), 0)).isEqualTo(FarmStatus.ASLEEP);
    }

    @Test
    void farm_without_workers_that_could_work_is_starting_or_inoperable() {
        assertThat(FarmStatus.of(Map.of("starting", 1, "offline", 5), 3)).isEqualTo(FarmStatus.STARTING);
        assertThat(FarmStatus.of(Map.of("offline", 1, "error", 5), 3)).isEqualTo(FarmStatus.INOPERABLE);
        assertThat(FarmStatus.of(Map.of(), 0)).isEqualTo(FarmStatus.INOPERABLE);
    }
}

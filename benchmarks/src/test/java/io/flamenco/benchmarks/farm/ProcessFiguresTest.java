package io.flamenco.benchmarks.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void processor_time_is_that_of_user_and_system_and_memory_what_is_resident() {
        String stat = "42 (a (java) b) S 1 42 42 0 -1 4194560 27 0 1 0 150 50 7 9 20 0 31 0 4242 1000 200";
        String status = "Name:\tjava\nVmPeak:\t  9999 kB\nVmRSS:\t  2048 kB\n";

        ProcessFigures figures = ProcessFigures.parse(stat, status);

        assertThat(figures).isEqualTo(new ProcessFigures(2.0, 2048 * 1024));
    }

    @Test
    void the_machine_is_busy_with_everything_but_idling_and_waiting_for_disks() {
        String stat = "cpu  100 20 30 4000 500 6 7 8 9 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n";

        assertThat(ProcessFigures.parseMachine(stat)).isEqualTo((100 + 20 + 30 + 6 + 7 + 8) / 100.0);
    }

    @Test
    void this_process_can_be_looked_at_and_a_missing_one_is_named() {
        assertThat(ProcessFigures.of(ProcessHandle.current().pid()).residentBytes())
                .isPositive();
        assertThatThrownBy(() -> ProcessFigures.of(Integer.MAX_VALUE)).hasMessageContaining("2147483647");
    }
}

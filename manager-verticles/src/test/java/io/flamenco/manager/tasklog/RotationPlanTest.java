package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.tasklog.RotationPlan.Rename;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationPlanTest {

    @Test
    void nothing_moves_without_a_current_log() {
        assertThat(RotationPlan.of("log", List.of("log.1", "other"))).isEmpty();
    }

    @Test
    void lone_log_becomes_number_one() {
        assertThat(RotationPlan.of("log", List.of("log"))).containsExactly(new Rename("log", "log.1"));
    }

    @Test
    void holes_stay_holes() {
        assertThat(RotationPlan.of("log", List.of("log", "log.1", "log.2", "log.3", "log.5", "log.7")))
                .containsExactly(
                        new Rename("log.7", "log.8"),
                        new Rename("log.5", "log.6"),
                        new Rename("log.3", "log.4"),
                        new Rename("log.2", "log.3"),
                        new Rename("log.1", "log.2"),
                        new Rename("log", "log.1"));
    }

    @Test
    void ten_is_more_than_nine() {
        assertThat(RotationPlan.of("log", List.of("log", "log.9", "log.10")))
                .containsExactly(
                        new Rename("log.10", "log.11"), new Rename("log.9", "log.10"), new Rename("log", "log.1"));
    }

    @Test
    void files_of_other_names_stay() {
        assertThat(RotationPlan.of("log", List.of("log", "log.gz", "log.1.gz", "log.txt.1", "log2.1", "[lo]g.1")))
                .containsExactly(new Rename("log", "log.1"));
    }

    @Test
    void nothing_is_overwritten_when_two_files_have_the_same_number() {
        assertThat(RotationPlan.of("log", List.of("log", "log.01", "log.1")))
                .containsExactly(new Rename("log.1", "log.2"), new Rename("log", "log.1"));
    }
}

package io.flamenco.server.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.status.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskTimesTest {

    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private static TaskTimes afterEach(List<TaskStatus> statuses) {
        TaskTimes times = TaskTimes.NONE;
        for (int i = 0; i < statuses.size(); i++) {
            times = times.after(statuses.get(i), BEGIN.plusSeconds(i));
        }
        return times;
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELED"})
    void a_task_ran_from_becoming_active_until_its_end(TaskStatus end) {
        TaskTimes times = afterEach(List.of(TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.ACTIVE, end));

        assertThat(times.activated()).contains(BEGIN.plusSeconds(1));
        assertThat(times.ran()).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_task_that_is_asked_to_stop_still_runs() {
        TaskTimes times = afterEach(List.of(TaskStatus.ACTIVE, TaskStatus.CANCEL_REQUESTED));

        assertThat(times.activated()).contains(BEGIN);
        assertThat(times.ran()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"QUEUED", "CLAIMED_BY_MANAGER", "SOFT_FAILED", "PAUSED"})
    void a_task_that_waits_again_has_not_begun(TaskStatus waiting) {
        assertThat(afterEach(List.of(TaskStatus.ACTIVE, TaskStatus.COMPLETED, waiting)))
                .isEqualTo(TaskTimes.NONE);
    }

    @Test
    void the_attempt_that_ended_a_task_counts() {
        TaskTimes times =
                afterEach(List.of(TaskStatus.ACTIVE, TaskStatus.SOFT_FAILED, TaskStatus.ACTIVE, TaskStatus.COMPLETED));

        assertThat(times.activated()).contains(BEGIN.plusSeconds(2));
        assertThat(times.ran()).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_task_that_was_canceled_in_the_queue_ended_without_having_run() {
        TaskTimes times = afterEach(List.of(TaskStatus.QUEUED, TaskStatus.CANCELED));

        assertThat(times.ended()).contains(BEGIN.plusSeconds(1));
        assertThat(times.ran()).isEmpty();
    }
}

package io.flamenco.worker.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WorkerUpdate;
import io.flamenco.worker.domain.Reporting;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskReportTest {

    private static final Reporting PACE = new Reporting(Duration.ofSeconds(30), 3, Duration.ofSeconds(15));

    private final TickedTime time = new TickedTime(Instant.parse("2026-11-21T23:39:19.502652Z"));
    private final List<WorkerUpdate> pushed = new ArrayList<>();
    private final TaskReport report = new TaskReport(pushed::add, PACE, time);

    @Test
    void catalogue_9_an_activity_is_pushed_once_within_its_interval() {
        report.activity("rendering");
        pass(Duration.ofSeconds(14));
        assertThat(pushed).isEmpty();

        pass(Duration.ofSeconds(1));
        pass(Duration.ofMinutes(1));

        assertThat(pushed).hasSize(1);
        assertThat(pushed.getFirst().activity()).isEqualTo("rendering");
        assertThat(pushed.getFirst().taskStatus()).isNull();
    }

    @Test
    void catalogue_10_a_status_is_pushed_at_once_with_what_waited() {
        report.activity("rendering");
        report.log("a line");
        report.status(TaskStatus.COMPLETED, "done");
        pass(Duration.ofMinutes(1));

        assertThat(pushed).hasSize(1);
        assertThat(pushed.getFirst().taskStatus()).isEqualTo("completed");
        assertThat(pushed.getFirst().log()).isEqualTo("2026-11-21T23:39:19.502652+00:00: a line");
    }

    @Test
    void catalogue_11_a_log_line_is_pushed_once_within_its_interval() {
        report.log("a line");
        pass(Duration.ofSeconds(29));
        assertThat(pushed).isEmpty();

        pass(Duration.ofSeconds(1));
        pass(Duration.ofMinutes(1));

        assertThat(pushed).hasSize(1);
    }

    @Test
    void catalogue_12_many_lines_are_pushed_earlier() {
        for (int i = 0; i < 4; i++) {
            report.log("line " + i);
        }
        pass(Duration.ofMinutes(1));

        assertThat(pushed).hasSize(1);
        assertThat(pushed.getFirst().log()).endsWith(": line 3").contains(": line 0\n");
    }

    @Test
    void long_lines_are_pushed_before_they_fill_memory() {
        report.log("x".repeat(2_000_000));

        assertThat(pushed).hasSize(1);
    }

    @Test
    void a_task_that_is_no_longer_ours_is_reported_by_its_log_alone() {
        report.status(TaskStatus.ACTIVE, "");
        report.onlyLogFromNow();
        report.activity("late");
        pass(Duration.ofMinutes(1));
        assertThat(pushed).hasSize(1);

        report.log("stopped");
        report.pushRest();

        assertThat(pushed.getLast())
                .isEqualTo(WorkerUpdate.ofLog(String.valueOf(pushed.getLast().log())));
        assertThat(pushed.getLast().log()).endsWith("stopped");
    }

    @Test
    void catalogue_93_97_98_seconds_are_summed_by_phase_in_order() {
        report.timing(Map.of("rendering", 1.5));
        report.timing(Map.of("total", 2.0));
        report.timing(Map.of("rendering", 0.5));
        report.status(TaskStatus.COMPLETED, "done");

        assertThat(pushed.getFirst().timing()).containsExactly(Map.entry("rendering", 2.0), Map.entry("total", 2.0));
    }

    @Test
    void catalogue_96_99_nothing_and_nothing_is_nothing_and_only_durations_can_be_added() {
        Map<String, Double> before = report.timing();

        report.timing(Map.of());

        assertThat(report.timing()).isEmpty();
        report.timing(Map.of("total", 1.0));
        assertThat(before).as("what was handed out before").isEmpty();
        assertThat(TaskReport.class.getDeclaredMethods())
                .filteredOn(method -> method.getName().equals("timing") && method.getParameterCount() > 0)
                .singleElement()
                .satisfies(adding -> assertThat(adding.getGenericParameterTypes()[0].getTypeName())
                        .isEqualTo("java.util.Map<java.lang.String, java.lang.Double>"));
    }

    @Test
    void catalogue_101_what_was_measured_is_a_plain_json_object() {
        report.timing(Map.of("total", 2.5));
        report.status(TaskStatus.COMPLETED, "done");

        assertThat(WireJson.toJson(pushed.getFirst()).getJsonObject("metrics"))
                .isEqualTo(new JsonObject().put("timing", new JsonObject().put("total", 2.5)));
    }

    @Test
    void catalogue_100_a_new_task_starts_with_nothing_measured() {
        report.status(TaskStatus.ACTIVE, "");

        assertThat(pushed.getFirst().timing()).isEmpty();
    }

    @Test
    void moments_are_written_as_by_the_original() {
        assertThat(LogTime.of(Instant.parse("2026-11-21T23:39:19.000652Z")))
                .isEqualTo("2026-11-21T23:39:19.000652+00:00");
        assertThat(LogTime.of(Instant.parse("2026-11-21T23:39:19Z"))).isEqualTo("2026-11-21T23:39:19+00:00");
    }

    private void pass(Duration duration) {
        time.tick(duration);
        report.pushIfDue();
    }
}

package io.flamenco.manager.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.wire.Metrics;
import io.flamenco.shared.wire.WorkerUpdate;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortReportTest {

    private static WorkerUpdate report(String activity, Map<String, Double> timing) {
        return new WorkerUpdate("active", activity, 47, 1, 30, new Metrics(timing), "a log");
    }

    @Test
    void usual_report_stays_as_it_is() {
        WorkerUpdate usual = report("Fra:10 Mem:17.52M", Map.of("rendering", 47.5));

        assertThat(ShortReport.of(usual)).isSameAs(usual);
        assertThat(ShortReport.of(WorkerUpdate.ofLog("line"))).isEqualTo(WorkerUpdate.ofLog("line"));
    }

    @Test
    void what_is_too_long_is_cut_and_the_log_is_left_whole() {
        Map<String, Double> phases =
                IntStream.range(0, 5000).boxed().collect(Collectors.toMap(n -> "phase " + n, n -> 1.0));

        WorkerUpdate cut = ShortReport.of(report("x".repeat(100_000), phases));

        assertThat(cut.activity()).hasSize(4097).endsWith("x…");
        assertThat(cut.timing()).hasSize(100);
        assertThat(cut.taskStatus()).isEqualTo("active");
        assertThat(cut.log()).isEqualTo("a log");
        assertThat(cut.taskProgressPercentage()).isEqualTo(47);
    }
}

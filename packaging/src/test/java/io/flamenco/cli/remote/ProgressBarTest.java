package io.flamenco.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.cli.jobs.JobView;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static JobView job(int tasks, int completed) {
        return new JobView(JobId.next(), "job", JobStatus.ACTIVE, "", tasks, completed, new JsonObject());
    }

    @Test
    void the_bar_is_as_full_as_the_job_is_done_and_the_numbers_come_first() {
        assertThat(ProgressBar.line(job(8, 2)))
                .isEqualTo(" 25%  active  2/8 tasks  [##########------------------------------]");
        assertThat(ProgressBar.line(job(8, 8))).isEqualTo("100%  active  8/8 tasks  [" + "#".repeat(40) + "]");
        assertThat(ProgressBar.line(job(0, 0))).startsWith("  0%").doesNotContain("#");
    }
}

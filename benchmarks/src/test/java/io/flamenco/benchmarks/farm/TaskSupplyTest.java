package io.flamenco.benchmarks.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.buffer.Buffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskSupplyTest {

    @Test
    void a_job_is_frames_then_their_video_then_its_move() {
        WireTask lastFrames = task(197);
        WireTask video = task(198);
        WireTask move = task(199);

        assertThat(lastFrames.taskType()).isEqualTo("blender-render");
        assertThat(lastFrames.parents()).isEmpty();
        assertThat(video.taskType()).isEqualTo("video-encoding");
        assertThat(video.parents())
                .containsExactlyElementsOf(IntStream.range(100, 198)
                        .mapToObj(frames -> new TaskId(TaskSupply.id(frames)))
                        .toList());
        assertThat(move.taskType()).isEqualTo("file-management");
        assertThat(move.parents()).containsExactly(new TaskId(TaskSupply.id(198)));
        assertThat(video.job())
                .isEqualTo(lastFrames.job())
                .isNotEqualTo(task(200).job());
    }

    @Test
    void later_tasks_have_greater_ids() {
        assertThat(TaskSupply.id(999_999)).isLessThan(TaskSupply.id(1_000_000)).hasSize(24);
    }

    private static WireTask task(long number) {
        return WireJson.read(Buffer.buffer(TaskSupply.json(number)), WireTask.class);
    }
}

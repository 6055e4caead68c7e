package io.flamenco.server.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleChunkTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30   | 30   | 4 | 1-1, 2-5, 6-16, 17-30",
                "100  | 25   | 4 | 1-2, 3-18, 19-38, 39-59, 60-79, 80-100",
                "128  | 32   | 4 | 1-3, 4-23, 24-49, 50-75, 76-101, 102-128",
                "200  | 100  | 4 | 1-5, 6-36, 37-104, 105-200",
                "400  | 100  | 4 | 1-10, 11-72, 73-154, 155-236, 237-318, 319-400",
                "400  | 100  | 5 | 1-10, 11-49, 50-133, 134-222, 223-311, 312-400",
                "1000 | 100  | 4 | 1-25, 26-122, 123-220, 221-317, 318-415, 416-512, 513-610, 611-707, 708-805,"
                        + " 806-902, 903-1000",
                "30   | 3000 | 3 | 1-1, 2-10, 11-30"
            })
    void samples_are_cut_along_the_curve_and_then_evenly(int samples, int cap, int uncapped, String expected)
            throws CompilationFailure {
        String chunks = SampleChunk.of(samples, cap, uncapped).stream()
                .map(chunk -> chunk.from() + "-" + chunk.to())
                .collect(Collectors.joining(", "));

        assertThat(chunks).isEqualTo(expected);
    }

    @Test
    void no_stray_sample_is_left_at_the_end() throws CompilationFailure {
        assertThat(SampleChunk.of(100, 30).getLast()).isEqualTo(new SampleChunk(73, 100));
    }

    @Test
    void too_few_samples_are_refused() {
        assertThatThrownBy(() -> SampleChunk.of(20, 10))
                .isInstanceOf(CompilationFailure.class)
                .hasMessageContaining("at least 21");
    }

    @ParameterizedTest
    @CsvSource({"100, 30, 10, 10", "100, 30, 40, 2", "100, 7, 20, 4", "100, 301, 10, 9", "10, 5, 40, 1"})
    void a_task_renders_as_many_frames_as_fit(int most, int frames, int size, int expected) {
        assertThat(new SampleChunk(1, size).framesPerTask(most, frames)).isEqualTo(expected);
    }
}

package io.flamenco.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegProgressTest {

    @Test
    void frames_and_time_are_read() {
        FfmpegProgress progress =
                parse("frame=   71 fps= 46 q=28.0 size=       1kB time=00:01:02.45 bitrate=  10.1kbits/s"
                        + " speed=0.295x    ");

        assertThat(progress.frame()).hasValue(71);
        assertThat(progress.seconds().orElseThrow()).isCloseTo(62.45, within(1e-9));
    }

    @Test
    void sound_has_no_frames() {
        assertThat(parse("size=      62kB time=01:00:07.01 bitrate=  71.9kbits/s speed=91.5x"))
                .isEqualTo(new FfmpegProgress(OptionalInt.empty(), OptionalDouble.of(3607.01)));
        assertThat(parse("Lsize=      62kB time=00:00:07.01 bitrate=  71.9kbits/s")
                        .seconds())
                .hasValue(7.01);
    }

    @ParameterizedTest
    @ValueSource(strings = {"time=-00:00:00.08 bitrate=N/A", "time=N/A bitrate=N/A", "time=00:00 bitrate=N/A"})
    void the_time_may_be_unknown_yet(String time) {
        assertThat(parse("frame=    1 fps=0.0 q=-1.0 size=       1kB " + time))
                .isEqualTo(new FfmpegProgress(OptionalInt.of(1), OptionalDouble.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frame=", "video:15kB audio:0kB", "Press [q] to stop", "  time=00:00:01.00"})
    void other_lines_tell_no_progress(String line) {
        assertThat(FfmpegProgress.parse(line)).isEmpty();
    }

    @Test
    void the_length_of_an_input_is_read_when_it_is_known() {
        assertThat(FfmpegProgress.duration("  Duration: 00:00:38.40, start: 0.000000, bitrate: N/A"))
                .hasValue(38.4);
        assertThat(FfmpegProgress.duration("  Duration: N/A, start: 0.000000")).isEmpty();
        assertThat(FfmpegProgress.duration("      DURATION        : 00:00:02.000000000"))
                .isEmpty();
    }

    private static FfmpegProgress parse(String line) {
        return FfmpegProgress.parse(line).orElseThrow(() -> new AssertionError("not read: " + line));
    }
}

package io.flamenco.server.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRangeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1-30, 40-44   | 13 | 1-13;14-26;27-30,40-44",
                "12-18, 20-22  | 3  | 12-14;15-17;18,20,21;22",
                "12-18, 20-22  | 5  | 12-16;17,18,20-22",
                "4-10, 13-16   | 4  | 4-7;8-10,13;14-16",
                "1-5           | 2  | 1,2;3,4;5",
                "7             | 9  | 7",
                "5,1-3,2       | 9  | 1-3,5",
                "51,66-103     | 99 | 51,66-103"
            })
    void chunks_hold_the_frames_in_order(String frames, int size, String expected) {
        List<String> chunks = FrameRange.parse(frames).chunks(size).stream()
                .map(FrameRange::merged)
                .toList();

        assertThat(String.join(";", chunks)).isEqualTo(expected);
    }

    @Test
    void blender_reads_two_dots() {
        assertThat(FrameRange.parse("1-5, 8, 10, 11").blenderStyle()).isEqualTo("1..5,8,10,11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1,,2", "5-3", "1-10:2", "10..20", "-4", "1-2-3", "a", "1000000000", "1-2000000"})
    void what_is_no_range_is_refused_with_a_sentence(String text) {
        assertThatThrownBy(() -> FrameRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Property
    boolean what_is_merged_can_be_read_again(@ForAll @NotEmpty List<@IntRange(min = 0, max = 60) Integer> frames) {
        FrameRange range = new FrameRange(frames.stream().distinct().sorted().toList());

        return FrameRange.parse(range.merged()).equals(range);
    }
}

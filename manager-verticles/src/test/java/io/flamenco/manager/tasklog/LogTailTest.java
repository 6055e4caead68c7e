package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTailTest {

    @Test
    void empty_log_has_an_empty_tail() {
        assertThat(LogTail.of("")).isEmpty();
    }

    @Test
    void short_log_is_its_own_tail_with_or_without_final_line_break() {
        assertThat(LogTail.of("one\ntwo\n")).isEqualTo("one\ntwo\n");
        assertThat(LogTail.of("one\ntwo")).isEqualTo("one\ntwo\n");
    }

    @Test
    void tail_of_a_long_log_is_its_last_ten_lines() {
        assertThat(LogTail.of(lines(1, 15))).isEqualTo(lines(6, 15));
    }

    @Test
    void ten_lines_are_all_kept() {
        assertThat(LogTail.of(lines(1, 10))).isEqualTo(lines(1, 10));
    }

    @Test
    void white_space_around_the_log_does_not_count() {
        assertThat(LogTail.of("\n\n  one\ntwo  \n\n")).isEqualTo("one\ntwo\n");
        assertThat(LogTail.of(" \n ")).isEqualTo("\n");
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> "line " + n + "\n")
                .collect(Collectors.joining());
    }
}

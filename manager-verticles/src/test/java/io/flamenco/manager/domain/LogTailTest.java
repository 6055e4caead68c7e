package io.flamenco.manager.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogTailTest {

    @Test
    void an_empty_log_has_an_empty_tail() {
        assertThat(LogTail.of("")).isEmpty();
    }

    @Test
    void a_short_log_is_its_own_tail_and_ends_with_a_line_break() {
        assertThat(LogTail.of("one\ntwo")).isEqualTo("one\ntwo\n");
        assertThat(LogTail.of("one\ntwo\n")).isEqualTo("one\ntwo\n");
    }

    @Test
    void of_a_long_log_the_last_ten_lines_are_kept() {
        String log = IntStream.rangeClosed(1, 15).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

        assertThat(LogTail.of(log).lines()).hasSize(10).startsWith("line 6").endsWith("line 15");
    }
}

package io.flamenco.worker.blocking.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

    @Test
    void lines_lose_their_trailing_white_space_and_empty_ones_are_kept() throws Exception {
        assertThat(lines("one  \r\n\ntwo\t\nlast".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("one", "", "two", "last");
    }

    @Test
    void bytes_that_are_no_text_become_replacement_characters() throws Exception {
        assertThat(lines(new byte[] {'a', (byte) 0xFF, (byte) 0xFE, 'b', '\n'})).containsExactly("a��b");
    }

    @Test
    void a_line_that_is_too_long_comes_in_pieces_of_whole_characters() throws Exception {
        String text = "é".repeat(OutputLines.LONGEST_BYTES);

        List<String> pieces = lines(("x" + text).getBytes(StandardCharsets.UTF_8));

        assertThat(pieces).hasSizeGreaterThan(1);
        assertThat(String.join("", pieces)).isEqualTo("x" + text);
    }

    @Test
    void a_long_run_of_continuation_bytes_does_not_stop_the_reading() throws Exception {
        byte[] junk = new byte[3 * OutputLines.LONGEST_BYTES];
        Arrays.fill(junk, (byte) 0x80);

        assertThat(String.join("", lines(junk))).hasSize(junk.length);
    }

    @Test
    void what_is_overwritten_is_seen_when_it_is_and_stays_in_its_line() throws Exception {
        List<String> seen = new ArrayList<>();
        byte[] output = "10%\r 50% \rdone\r\nnext\nwhole\rhalf".getBytes(StandardCharsets.UTF_8);

        new OutputLines(new ByteArrayInputStream(output)).read(new OutputLines.Reader() {
            @Override
            public void line(String line) {
                seen.add("line " + line);
            }

            @Override
            public void overwritten(String text) {
                seen.add("overwritten " + text);
            }
        });

        assertThat(seen)
                .containsExactly(
                        "overwritten 10%",
                        "overwritten 50%",
                        "overwritten done",
                        "line 10%\r 50% \rdone",
                        "line next",
                        "overwritten whole",
                        "line whole\rhalf");
    }

    @Test
    void carriage_returns_without_end_do_not_fill_memory() throws Exception {
        String bar = "\r" + "=".repeat(79);

        List<String> pieces = lines(bar.repeat(10_000).getBytes(StandardCharsets.UTF_8));

        assertThat(pieces).allMatch(piece -> piece.length() <= OutputLines.LONGEST_BYTES);
        assertThat(String.join("", pieces).replace("\r", "")).hasSize(790_000);
    }

    private static List<String> lines(byte[] output) throws Exception {
        List<String> lines = new ArrayList<>();
        new OutputLines(new ByteArrayInputStream(output)).read(lines::add);
        return lines;
    }
}

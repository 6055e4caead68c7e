package io.flamenco.worker.blocking.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any bytes at all are lines, none longer than the limit, and no text is lost between them. */
class OutputLinesPropertyTest {

    @Property(tries = 100)
    void any_bytes_are_lines(@ForAll byte[] output) throws Exception {
        for (String line : lines(output)) {
            assertThat(line).doesNotContain("\n");
        }
    }

    @Property(tries = 30)
    void long_text_comes_whole_in_pieces(@ForAll("longTexts") String text) throws Exception {
        List<String> pieces = lines(text.getBytes(StandardCharsets.UTF_8));

        assertThat(pieces)
                .allMatch(piece -> piece.getBytes(StandardCharsets.UTF_8).length <= OutputLines.LONGEST_BYTES);
        assertThat(String.join("", pieces)).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> longTexts() {
        return Arbitraries.of("a", "é", "€", "😀", "ab€😀")
                .flatMap(piece -> Arbitraries.integers()
                        .between(OutputLines.LONGEST_BYTES - 3, 2 * OutputLines.LONGEST_BYTES)
                        .map(times -> "x".repeat(times % 4) + piece.repeat(times / piece.length())));
    }

    private static List<String> lines(byte[] output) throws Exception {
        List<String> lines = new ArrayList<>();
        new OutputLines(new ByteArrayInputStream(output)).read(lines::add);
        return lines;
    }
}

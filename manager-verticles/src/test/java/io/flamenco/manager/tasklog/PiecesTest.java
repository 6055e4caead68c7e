package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PiecesTest {

    @Test
    void short_text_is_one_piece() {
        assertThat(Pieces.of("a\nb\n", 4)).containsExactly("a\nb\n");
        assertThat(Pieces.of("", 4)).isEmpty();
    }

    @Test
    void long_text_is_cut_between_lines() {
        assertThat(Pieces.of("aa\nbb\ncc\n", 7)).containsExactly("aa\nbb\n", "cc\n");
    }

    @Test
    void line_that_is_too_long_stays_whole() {
        assertThat(Pieces.of("a\nbbbbbbbb\nc\n", 4)).containsExactly("a\n", "bbbbbbbb\n", "c\n");
    }

    @Property
    void nothing_is_lost_and_each_piece_ends_with_a_line(
            @ForAll List<@CharRange(from = 'a', to = 'b') @Chars('\n') Character> chars,
            @ForAll @IntRange(min = 1, max = 10) int longest) {
        StringBuilder text = new StringBuilder();
        chars.forEach(text::append);
        text.append('\n');

        List<String> pieces = Pieces.of(text.toString(), longest);

        assertThat(String.join("", pieces)).isEqualTo(text.toString());
        assertThat(pieces).allMatch(piece -> piece.endsWith("\n"));
        assertThat(pieces).allMatch(piece -> piece.length() <= longest || piece.indexOf('\n') == piece.length() - 1);
    }
}

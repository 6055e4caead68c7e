package io.flamenco.worker.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Test
    void words_are_split_at_white_space_and_quotes_keep_them_together() {
        assertThat(ShellWords.split("blender  --with --cli=\"args for CLI\" 'it''s' a\\ b \"\"", true))
                .containsExactly("blender", "--with", "--cli=args for CLI", "its", "a b", "");
    }

    @Test
    void a_back_slash_in_double_quotes_escapes_only_what_it_must() {
        assertThat(ShellWords.split("\"a\\\"b\\\\c\\d\"", true)).containsExactly("a\"b\\c\\d");
    }

    @Test
    void windows_paths_keep_their_back_slashes() {
        assertThat(ShellWords.split("\"C:\\Program Files\\Blender\\blender.exe\" -y", false))
                .containsExactly("C:\\Program Files\\Blender\\blender.exe", "-y");
    }

    @Test
    void an_open_quote_is_named() {
        assertThatThrownBy(() -> ShellWords.split("echo 'oops", true)).hasMessageContaining("opening '");
        assertThatThrownBy(() -> ShellWords.split("echo \\", true)).hasMessageContaining("back-slash");
    }

    @Property
    void what_was_joined_splits_into_the_same_words(@ForAll List<String> words) {
        assertThat(ShellWords.split(ShellWords.join(words), true)).isEqualTo(words);
    }
}

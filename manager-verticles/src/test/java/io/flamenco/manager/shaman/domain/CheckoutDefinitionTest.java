package io.flamenco.manager.shaman.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.shaman.domain.CheckoutDefinition.Entry;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckoutDefinitionTest {

    private static final String SUM = "35b0491c27b0333d1fb45fc0789a12ca06b1d640d2569780b807de504d7029e0";

    @Test
    void two_lines_become_two_files_and_spaces_before_a_path_do_not_matter() {
        CheckoutDefinition definition = CheckoutDefinition.parse(
                SUM + " 1424 definition/test.blend\r\n" + SUM + " 16  my textures/a b.png  \n");

        assertThat(definition.entries())
                .containsExactly(
                        new Entry(1, new FileKey(SUM, 1424), "definition/test.blend"),
                        new Entry(2, new FileKey(SUM, 16), "my textures/a b.png"));
    }

    @Test
    void blank_lines_are_counted_but_mean_nothing_and_the_last_break_may_be_missing() {
        assertThat(CheckoutDefinition.parse("\n  \n" + SUM + " 0 x").entries())
                .containsExactly(new Entry(3, new FileKey(SUM, 0), "x"));
        assertThat(CheckoutDefinition.parse("").entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "35b0491c27b0333d1fb45fc0789a12c 20 /etc/passwd",
                "35b0491c27b0333d1fb45fc0789a12c 20 ../../etc/passwd",
                "35b0491c27b0333d1fb45fc0789a12c 20 just/../../etc/passwd",
                "35b 20 passwd",
                "35b0491c27b0333d1fb45fc0789a12c. 20 passwd",
                "35b0491c27b0333d1fb45fc0789a12c/ 20 passwd",
                "35b0491c27b0333d1fb45fc0789a12c  20 passwd",
                "35b0491c27b0333d1fb45fc0789a12c -20 passwd",
                "35b0491c27b0333d1fb45fc0789a12c 9223372036854775808 passwd",
                "35b0491c27b0333d1fb45fc0789a12c 20",
                "35b0491c27b0333d1fb45fc0789a12c 20 ."
            })
    void bad_line_is_refused_by_its_number(String line) {
        assertThatThrownBy(() -> CheckoutDefinition.parse(line + "\n" + SUM + " 1 good"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("line 1: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a//b",
                "./a",
                "a/./b",
                "a/",
                "a..b",
                "a\\b",
                "C:/x",
                "c:x",
                "a\u0000b",
                "a\tb",
                "NUL",
                "aux.blend",
                "textures/Com1.png",
                "lpt9",
                "con .txt"
            })
    void path_that_some_system_takes_for_something_else_is_refused(String path) {
        assertThat(PathRules.problem(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a b/c d.blend", "ümläut/日本.png", ".hidden", "console.blend", "auxiliary", "ab:c", "a.b.c"})
    void ordinary_path_is_taken(String path) {
        assertThat(PathRules.problem(path)).isEmpty();
    }

    @Test
    void very_long_names_are_refused() {
        assertThat(PathRules.problem("x".repeat(255))).isEmpty();
        assertThat(PathRules.problem("x".repeat(256))).isPresent();
        assertThat(PathRules.problem("ü".repeat(128))).isPresent();
        assertThat(PathRules.problem("x/".repeat(1000) + "y")).isPresent();
    }

    @Test
    void paths_that_exclude_each_other_are_refused_by_the_line_of_one() {
        assertThatThrownBy(() ->
                        CheckoutDefinition.parse(SUM + " 1 a\n" + SUM + " 2 a").requireOneTree())
                .hasMessage("line 2: the path \"a\" comes twice");
        assertThatThrownBy(() -> CheckoutDefinition.parse(SUM + " 1 a\n" + SUM + " 2 a/b/c")
                        .requireOneTree())
                .hasMessage("line 1: the path \"a\" is a directory of \"a/b/c\"");
        CheckoutDefinition.parse(SUM + " 1 a/b\n" + SUM + " 2 a/c").requireOneTree();
    }

    @Property(tries = 500)
    void whatever_is_sent_is_either_understood_or_refused(@ForAll("definitions") String text) {
        try {
            assertThat(CheckoutDefinition.parse(text).entries())
                    .allSatisfy(
                            entry -> assertThat(PathRules.problem(entry.path())).isEmpty());
        } catch (DefinitionException refused) {
            assertThat(refused).hasMessageStartingWith("line ");
        }
    }

    @Provide
    Arbitrary<String> definitions() {
        Arbitrary<String> pieces = Arbitraries.of(
                SUM,
                SUM + " 1 a/b\n",
                " ",
                "\n",
                "\r\n",
                "-1",
                "99999999999999999999",
                "..",
                "/",
                "\\",
                "C:",
                "\0",
                "ü");
        return Arbitraries.oneOf(
                Arbitraries.strings(), pieces.list().ofMaxSize(20).map(parts -> String.join("", parts)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../x", "a/b", "a b", "é1", "a.b", "a\n"})
    void checkout_ids_are_letters_digits_and_underscores(String text) {
        assertThatThrownBy(() -> new CheckoutId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checkout_is_grouped_by_its_last_letters() {
        assertThat(new CheckoutId("jemoeder").relativePath()).isEqualTo("er/jemoeder");
        assertThat(new CheckoutId("_1").relativePath()).isEqualTo("_1/_1");
    }

    @Test
    void sizes_are_told_in_the_unit_that_fits() {
        assertThat(ByteCount.forPeople(1023)).isEqualTo("1023 B");
        assertThat(ByteCount.forPeople(1024)).isEqualTo("1.0 KiB");
        assertThat(ByteCount.forPeople(3_565_158)).isEqualTo("3.4 MiB");
        assertThat(ByteCount.forPeople(5L << 50)).isEqualTo("5120.0 TiB");
    }
}

package io.flamenco.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTextTest {

    @Test
    void numbers_stay_whole_or_fractions_as_typed() {
        assertThat(SettingText.value("3")).isEqualTo(3);
        assertThat(SettingText.value("-2.5")).isEqualTo(-2.5);
    }

    @Test
    void yes_and_no_are_taken_as_such() {
        assertThat(SettingText.value("true")).isEqualTo(true);
        assertThat(SettingText.value("false")).isEqualTo(false);
    }

    @Test
    void lists_and_quoted_texts_are_json() {
        assertThat(SettingText.value("[\"a\", \"b\"]"))
                .isEqualTo(new JsonArray().add("a").add("b"));
        assertThat(SettingText.value("\"12\"")).isEqualTo("12");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-10", "007", "1.2.3", "{render}/out", "null", "/tmp/######", "[draft", "2026-11-22"})
    void everything_else_is_a_text(String text) {
        assertThat(SettingText.value(text)).isEqualTo(text);
    }
}

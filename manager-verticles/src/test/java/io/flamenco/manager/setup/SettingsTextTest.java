package io.flamenco.manager.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.setup.blocking.SettingsFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

class SettingsTextTest {

    @Property(tries = 500)
    void any_text_is_a_mapping_or_refused(@ForAll @StringLength(max = 200) String text) {
        try {
            assertThat(SettingsFile.parse(text)).isNotNull();
        } catch (YAMLException refused) {
            assertThat(refused.getMessage()).doesNotContain("\tat ");
        }
    }

    @Test
    void aliases_without_end_are_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThatThrownBy(() -> SettingsFile.parse(bomb.toString())).isInstanceOf(YAMLException.class);
    }
}

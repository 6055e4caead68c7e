package io.flamenco.manager.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.setup.blocking.SettingsFile;
import io.flamenco.shared.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

    @Property(tries = 300, seed = "20261122")
    void settings_are_understood_or_refused_with_their_problems(@ForAll("settings") String yaml) {
        try {
            assertThat(ManagerConfig.read("the file", SettingsFile.parse(yaml), Path.of("/data"), Map.of()))
                    .isNotNull();
        } catch (YAMLException | ConfigurationException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("Exception");
        }
    }

    @Provide
    Arbitrary<String> settings() {
        Arbitrary<String> keys = Arbitraries.of(
                "listen",
                "flamenco",
                "tls",
                "tlscert",
                "variables",
                "shaman",
                "limits",
                "_meta",
                "verticles",
                "dynamic_pool_platforms",
                "user_authentication",
                "task_logs_max_age",
                "manager_id",
                "path_replacement",
                "worker_cleanup_status",
                "acme_domain_name",
                "nothing of ours");
        Arbitrary<String> values = Arbitraries.of(
                "x",
                ":0",
                ":99999",
                "-1h",
                "99999999999999999999d",
                "http://[::1",
                "[a, {b: c}]",
                "{enabled: {}, fileStorePath: 3}",
                "{blender: {direction: oneway, values: [{}, 1, {platform: [x], value: {}}]}}",
                "{version: 1e99}",
                "2026-11-22",
                "!!binary 'AA'",
                "\"\\0\"",
                "~",
                "*nowhere",
                "&a [*a]",
                "''");
        return Combinators.combine(keys, values)
                .as((key, value) -> key + ": " + value + "\n")
                .list()
                .ofMaxSize(5)
                .map(lines -> String.join("", lines));
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

package io.flamenco.shared.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flamenco.shared.kernel.VerticleSettings;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Settings settings(String json) {
        return new Settings("manager.yaml", new JsonObject(json), Map.of(), "FLAMENCO_MANAGER_");
    }

    private static List<String> problemsOf(Settings settings) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, settings::finish);
        return refused.problems();
    }

    @Test
    void what_is_absent_has_its_default() {
        Settings settings = settings("{}");

        assertThat(settings.text("name", "Farm")).isEqualTo("Farm");
        assertThat(settings.integer("count", 3, 0, 9)).isEqualTo(3);
        assertThat(settings.yes("open", true)).isTrue();
        assertThat(settings.url("server")).isEmpty();
        assertThatCode(settings::finish).doesNotThrowAnyException();
    }

    @Test
    void every_problem_is_reported_at_once_by_the_key_that_was_typed() {
        Settings settings =
                settings("{\"count\":\"many\",\"open\":\"perhaps\",\"wait\":\"5 minutes\",\"server\":\"nave3\"}");
        settings.integer("count", 3, 0, 9);
        settings.yes("open", true);
        settings.duration("wait", Duration.ZERO);
        settings.url("server");

        assertThat(problemsOf(settings))
                .hasSize(4)
                .anyMatch(problem -> problem.startsWith("count must be a whole number from 0 to 9, not \"many\""))
                .anyMatch(problem -> problem.startsWith("open must be true or false"))
                .anyMatch(problem -> problem.startsWith("wait must be a duration"))
                .anyMatch(problem -> problem.startsWith("server must be a URL"));
    }

    @Test
    void an_unknown_key_is_refused_with_the_nearest_known_one() {
        Settings settings = settings("{\"manger_name\":\"x\"}");
        settings.text("manager_name", "");

        assertThat(problemsOf(settings))
                .containsExactly("manger_name is not a setting; did you mean \"manager_name\"?");
    }

    @Test
    void a_key_unlike_any_other_is_refused_with_all_that_are_known() {
        Settings settings = settings("{\"zzzzzzzz\":1}");
        settings.text("listen", "");

        assertThat(problemsOf(settings)).containsExactly("zzzzzzzz is not a setting; known here are listen");
    }

    @Test
    void the_environment_wins_over_the_file() {
        Settings settings = new Settings(
                "f",
                new JsonObject("{\"listen\":\":1\"}"),
                Map.of("FLAMENCO_MANAGER_LISTEN", ":2"),
                "FLAMENCO_MANAGER_");

        assertThat(settings.text("listen", "")).isEqualTo(":2");
    }

    @Test
    void the_environment_reaches_into_groups() {
        Settings settings = new Settings(
                "f", new JsonObject(), Map.of("FLAMENCO_MANAGER_VERTICLES_HTTP_INSTANCES", "4"), "FLAMENCO_MANAGER_");

        assertThat(settings.verticles(Map.of("http", VerticleSettings.on(1))))
                .containsEntry("http", VerticleSettings.on(4));
    }

    @Test
    void a_verticle_that_the_role_does_not_have_is_a_problem() {
        Settings settings = settings("{\"verticles\":{\"htp\":{\"enabled\":true}}}");
        settings.verticles(Map.of("http", VerticleSettings.on(1)));

        assertThat(problemsOf(settings)).containsExactly("verticles.htp is not a setting; did you mean \"http\"?");
    }

    @Test
    void a_single_text_is_a_list_of_one() {
        assertThat(settings("{\"types\":\"sleep\"}").texts("types", List.of())).containsExactly("sleep");
        assertThat(settings("{\"types\":[\"a\",\"b\"]}").texts("types", List.of()))
                .containsExactly("a", "b");
    }

    @Test
    void a_url_is_taken_as_it_stands() {
        assertThat(settings("{\"server\":\"http://nave3:8090/\"}").url("server"))
                .contains(URI.create("http://nave3:8090/"));
    }
}

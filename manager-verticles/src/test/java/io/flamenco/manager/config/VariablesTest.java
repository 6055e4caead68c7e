package io.flamenco.manager.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.wire.Notification.Value;
import io.flamenco.shared.wire.Notification.Variable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

    private static final Variables VARIABLES = new Variables(Map.of(
            "blender",
            new Variable(
                    Variables.ONEWAY,
                    List.of(
                            new Value("workers", "linux", null, "/opt/myblenderbuild/blender"),
                            new Value("users", "linux", null, "/usr/bin/blender"),
                            new Value("all", "windows", null, "c:/temp/blender.exe"))),
            "job_storage",
            new Variable(
                    Variables.TWOWAY,
                    List.of(
                            new Value("all", null, List.of("linux", "darwin"), "/shared/flamenco/jobs/"),
                            new Value("all", "autumn", null, "hey")))));

    @Test
    void each_occurrence_is_replaced_and_what_is_unknown_stays() {
        assertThat(VARIABLES.expandForWorker("{blender} and {blender} of {hey} and {", "linux"))
                .isEqualTo("/opt/myblenderbuild/blender and /opt/myblenderbuild/blender of {hey} and {");
    }

    @Test
    void each_platform_has_its_own_value() {
        assertThat(VARIABLES.expandForWorker("{job_storage}/a", "linux")).isEqualTo("/shared/flamenco/jobs/a");
        assertThat(VARIABLES.expandForWorker("{job_storage}/a", "darwin")).isEqualTo("/shared/flamenco/jobs/a");
        assertThat(VARIABLES.expandForWorker("{blender} -b", "windows")).isEqualTo("c:/temp/blender.exe -b");
    }

    @Test
    void a_platform_that_only_some_variables_know_gets_only_these() {
        assertThat(VARIABLES.expandForWorker("{job_storage}/{blender}", "autumn"))
                .isEqualTo("hey/{blender}");
        assertThat(VARIABLES.expandForWorker("{job_storage}/{blender}", "winter"))
                .isEqualTo("{job_storage}/{blender}");
    }

    @Test
    void people_and_workers_may_have_different_values() {
        assertThat(VARIABLES.expand("{blender}", "users", "linux")).isEqualTo("/usr/bin/blender");
    }

    @Test
    void text_without_placeholders_is_left_as_it_is() {
        assertThat(VARIABLES.expandForWorker("", "linux")).isEmpty();
        assertThat(VARIABLES.expandForWorker("plain", "linux")).isEqualTo("plain");
    }
}

package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.plugin.JobCompilerProvider;
import io.flamenco.shared.plugin.PluginBuild;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in {@code examples/plugin-countdown} is compiled, put into a jar, and compiles jobs on a Server. */
class PluginExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/plugin-countdown");

    @Test
    void a_server_compiles_jobs_of_a_plug_ins_type(@TempDir Path temporary) throws Exception {
        Path plugins = Files.createDirectory(temporary.resolve("plugins"));
        PluginBuild.ofExample(EXAMPLE, JobCompilerProvider.class, temporary, plugins.resolve("countdown.jar"));
        FarmOfOne farm = FarmOfOne.in(temporary.resolve("server"));
        farm.restartWith(new JsonObject().put("plugins", plugins.toString()));

        String job = farm.submit(countdown(new JsonObject().put("from", 2)));
        HttpResponse<String> tooFar = farm.change(
                "POST",
                "/api/v1/jobs",
                countdown(new JsonObject().put("from", 101)).put("manager", FarmOfOne.MANAGER));
        HttpResponse<String> stopped = farm.change(
                "POST",
                "/api/v1/jobs",
                countdown(new JsonObject().put("word", "Stop!")).put("manager", FarmOfOne.MANAGER));

        assertThat(farm.get("/api/v1/job-types").body()).contains("countdown", "The number to begin with.");
        List<JsonObject> tasks = farm.tasks(job);
        assertThat(tasks.stream().map(task -> task.getString("name")))
                .containsExactly("count-2", "count-1", "last-word");
        assertThat(tasks.getLast().getJsonArray("parents")).hasSize(2);
        assertThat(tooFar.statusCode()).isEqualTo(422);
        assertThat(tooFar.body()).contains("must be at most 100, not 101");
        assertThat(stopped.body()).contains("would stop the launch");
        farm.close();
    }

    private static JsonObject countdown(JsonObject settings) {
        return new JsonObject()
                .put("name", "start")
                .put("job_type", "countdown")
                .put("settings", settings);
    }

    @Test
    void a_damaged_plug_in_is_named(@TempDir Path temporary) throws Exception {
        PluginBuild.damaged(
                JobCompilerProvider.class, "org.example.NoSuchJobs", temporary, temporary.resolve("broken.jar"));

        assertThatThrownBy(() -> JobTypes.load(false, temporary))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("NoSuchJobs");
    }
}

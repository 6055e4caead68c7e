package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in {@code examples/plugin-countdown} is compiled, put into a jar, and compiles jobs on a Server. */
class PluginExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/plugin-countdown");
    private static final String PROVIDER = "META-INF/services/io.flamenco.shared.plugin.JobCompilerProvider";

    @Test
    void a_server_compiles_jobs_of_a_plug_ins_type(@TempDir Path temporary) throws Exception {
        Path plugins = Files.createDirectory(temporary.resolve("plugins"));
        jar(compiled(temporary.resolve("classes")), plugins.resolve("countdown.jar"));
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
        Path services = temporary.resolve("classes").resolve(PROVIDER);
        Files.createDirectories(services.getParent());
        Files.writeString(services, "org.example.NoSuchJobs");
        jar(temporary.resolve("classes"), temporary.resolve("broken.jar"));

        assertThatThrownBy(() -> JobTypes.load(false, temporary))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("NoSuchJobs");
    }

    private static Path compiled(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "21",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                Files.createDirectories(classes).toString()));
        try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.copy(EXAMPLE.resolve(PROVIDER), classes.resolve(PROVIDER));
        return classes;
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, entries);
                entries.closeEntry();
            }
        }
    }
}

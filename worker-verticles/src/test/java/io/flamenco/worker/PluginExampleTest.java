package io.flamenco.worker;

import static io.flamenco.worker.FakeManager.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.worker.blocking.Commands;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in {@code examples/plugin-greet} is compiled, put into a jar and run by a Worker. */
class PluginExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/plugin-greet");
    private static final String TASK = "58514d1e9837734f2e71b479";

    @Test
    void a_worker_runs_the_command_of_a_plug_in(@TempDir Path temporary) throws Exception {
        // Given
        Path plugins = Files.createDirectory(temporary.resolve("plugins"));
        jar(compiled(temporary.resolve("classes")), plugins.resolve("greet.jar"));
        Path greetings = temporary.resolve("greetings.txt");
        Vertx vertx = Vertx.vertx();
        FakeManager manager = FakeManager.start(vertx)
                .hasTask(TASK, command("greet", "people", "Suzanne, Sintel", "file", greetings.toString()));

        // When
        JsonObject yaml =
                new JsonObject().put("manager_url", manager.url().toString()).put("plugins", plugins.toString());
        WorkerConfig config = WorkerConfig.read("worker.yaml", yaml, temporary.resolve("worker"), Map.of());
        WorkerRole.start(vertx, config)
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        // Then
        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("completed")));
        assertThat(manager.log(TASK)).contains("Hello Suzanne", "Hello Sintel");
        assertThat(greetings).hasContent("Hello Suzanne\nHello Sintel\n");
        await().until(() -> manager.calls("POST /output-produced").size() == 1);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_damaged_plug_in_is_named(@TempDir Path temporary) throws Exception {
        Path services = Files.createDirectories(temporary.resolve("classes/META-INF/services"));
        Files.writeString(
                services.resolve("io.flamenco.shared.plugin.WorkerCommandProvider"), "org.example.NoSuchCommands");
        jar(temporary.resolve("classes"), temporary.resolve("broken.jar"));

        assertThatThrownBy(() -> Commands.load(temporary))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("NoSuchCommands");
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
        Path services = Path.of("META-INF/services/io.flamenco.shared.plugin.WorkerCommandProvider");
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.copy(EXAMPLE.resolve(services), classes.resolve(services));
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

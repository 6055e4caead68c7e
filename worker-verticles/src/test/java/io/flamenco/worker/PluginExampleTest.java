package io.flamenco.worker;

import static io.flamenco.worker.FakeManager.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.plugin.PluginBuild;
import io.flamenco.shared.plugin.WorkerCommandProvider;
import io.flamenco.worker.blocking.Commands;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
        PluginBuild.ofExample(EXAMPLE, WorkerCommandProvider.class, temporary, plugins.resolve("greet.jar"));
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
                .get(60, TimeUnit.SECONDS);

        // Then
        await().until(() -> manager.lastStatus(TASK).equals(Optional.of("completed")));
        assertThat(manager.log(TASK)).contains("Hello Suzanne", "Hello Sintel");
        assertThat(greetings).hasContent("Hello Suzanne\nHello Sintel\n");
        await().until(() -> manager.calls("POST /output-produced").size() == 1);
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void a_damaged_plug_in_is_named(@TempDir Path temporary) throws Exception {
        PluginBuild.damaged(
                WorkerCommandProvider.class, "org.example.NoSuchCommands", temporary, temporary.resolve("broken.jar"));

        assertThatThrownBy(() -> Commands.load(temporary))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("NoSuchCommands");
    }
}

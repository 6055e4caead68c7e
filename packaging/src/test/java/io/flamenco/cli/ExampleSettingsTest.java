package io.flamenco.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.server.ServerConfig;
import io.flamenco.shared.config.ConfigFile;
import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.worker.WorkerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleSettingsTest {

    /** Of which a role takes one. */
    private static final List<Set<String>> WAYS_TO_A_CERTIFICATE = List.of(
            Set.of("tlscert", "tlskey"),
            Set.of("tls", "tls_names"),
            Set.of("acme_domain_name", "acme_directory", "acme_email"));

    private static final Path CONF = Path.of("..", "conf");
    private static final Path DATA = Path.of("data");
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void the_servers_example_shows_the_defaults() {
        assertThat(ServerConfig.read("server.yaml", example("server.yaml"), DATA, NO_ENVIRONMENT))
                .isEqualTo(ServerConfig.read("none", new JsonObject(), DATA, NO_ENVIRONMENT));
    }

    @Test
    void the_managers_example_shows_the_defaults() {
        assertThat(ManagerConfig.read("manager.yaml", example("manager.yaml"), DATA, NO_ENVIRONMENT))
                .usingRecursiveComparison()
                .isEqualTo(ManagerConfig.read("none", new JsonObject(), DATA, NO_ENVIRONMENT));
    }

    @Test
    void the_workers_example_shows_the_defaults() {
        assertThat(WorkerConfig.read("worker.yaml", example("worker.yaml"), DATA, NO_ENVIRONMENT))
                .isEqualTo(WorkerConfig.read("none", new JsonObject(), DATA, NO_ENVIRONMENT));
    }

    @Test
    void what_the_examples_show_in_comments_can_be_used(@TempDir Path directory) throws Exception {
        for (String name : new String[] {"server.yaml", "manager.yaml", "worker.yaml"}) {
            Path file = directory.resolve(name);
            Files.writeString(file, Files.readString(CONF.resolve(name)).replaceAll("(?m)^#(?! \\S)", ""));
            for (Set<String> way : WAYS_TO_A_CERTIFICATE) {
                JsonObject yaml = read(file);
                WAYS_TO_A_CERTIFICATE.stream()
                        .filter(other -> !other.equals(way))
                        .forEach(others -> others.forEach(yaml::remove));
                assertUsable(name, yaml);
            }
        }
    }

    private static void assertUsable(String name, JsonObject yaml) {
        switch (name) {
            case "server.yaml" ->
                assertThat(ServerConfig.read(name, yaml, DATA, NO_ENVIRONMENT).managers())
                        .hasSize(1);
            case "manager.yaml" ->
                assertThat(ManagerConfig.read(name, yaml, DATA, NO_ENVIRONMENT).link())
                        .isPresent();
            default ->
                assertThat(WorkerConfig.read(name, yaml, DATA, NO_ENVIRONMENT)
                                .preTaskCheck()
                                .writable())
                        .hasSize(1);
        }
    }

    @Test
    void a_misspelt_key_is_refused_with_the_one_that_was_meant() {
        JsonObject yaml = example("manager.yaml").put("manger_name", "x");

        assertThatThrownBy(() -> ManagerConfig.read("manager.yaml", yaml, DATA, NO_ENVIRONMENT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("manager.yaml")
                .hasMessageContaining("manger_name")
                .hasMessageContaining("did you mean \"manager_name\"?");
    }

    private JsonObject example(String name) {
        return read(CONF.resolve(name));
    }

    private JsonObject read(Path file) {
        return new ConfigFile(vertx)
                .read(file)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}

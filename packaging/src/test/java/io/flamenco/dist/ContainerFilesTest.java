package io.flamenco.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.server.ServerConfig;
import io.flamenco.shared.config.ConfigFile;
import io.flamenco.worker.WorkerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files for containers say of each other and of us. No container is run here. */
class ContainerFilesTest {

    private static final Path FILES = Path.of("src", "dist", "container");
    private static final Path DATA = Path.of("/var/lib/flamenco");
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private JsonObject compose = new JsonObject();

    @BeforeEach
    void read() {
        compose = yaml(FILES.resolve("compose.yaml"));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void the_secrets_that_are_made_are_those_that_the_farm_reads_and_all_roles_accept_them() throws Exception {
        Path made = makeSecrets();

        assertThat(compose.getJsonObject("secrets").stream()
                        .map(entry -> ((JsonObject) entry.getValue()).getString("file")))
                .allSatisfy(file -> assertThat(directory.resolve(file)).isNotEmptyFile());
        ServerConfig server = ServerConfig.read("server.yaml", yaml(made.resolve("server.yaml")), DATA, NO_ENVIRONMENT);
        ManagerConfig manager =
                ManagerConfig.read("manager.yaml", yaml(made.resolve("manager.yaml")), DATA, NO_ENVIRONMENT);
        WorkerConfig worker = WorkerConfig.read("worker.yaml", yaml(made.resolve("worker.yaml")), DATA, NO_ENVIRONMENT);
        assertThat(server.managers()).hasSize(1);
        assertThat(manager.link()).isPresent();
        assertThat(worker.toString()).contains("http://manager:8080/");
        assertThat(server.databaseUrl().orElseThrow())
                .contains(Files.readString(made.resolve("mongo-password")))
                .contains("@mongo/");
    }

    @Test
    void only_their_owner_reads_the_secrets() throws Exception {
        Path made = makeSecrets();

        assertThat(Files.getPosixFilePermissions(made.resolve("manager.yaml")))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }

    @Test
    void each_role_gets_its_secret_is_no_root_and_can_be_asked_for_its_health() {
        assertThat(FILES.resolve("Containerfile")).content().contains("\nUSER flamenco\n");
        for (String role : List.of("server", "manager", "worker")) {
            JsonObject service = compose.getJsonObject("services").getJsonObject(role);
            assertThat(service.getJsonArray("command"))
                    .startsWith(role, "--config", "/run/secrets/" + role + ".yaml", "--data", DATA.toString());
            assertThat(service.getJsonArray("secrets")).containsExactly(role + ".yaml");
        }
        for (String role : List.of("mongo", "server", "manager")) {
            assertThat(compose.getJsonObject("services").getJsonObject(role).getJsonObject("healthcheck"))
                    .as(role)
                    .isNotNull();
        }
    }

    @Test
    void every_volume_is_declared() {
        Set<String> declared = compose.getJsonObject("volumes").fieldNames();
        Set<String> used = compose.getJsonObject("services").stream()
                .map(entry -> ((JsonObject) entry.getValue()).getJsonArray("volumes", new JsonArray()))
                .flatMap(JsonArray::stream)
                .map(volume -> volume.toString().split(":")[0])
                .collect(Collectors.toSet());
        assertThat(declared).isEqualTo(used);
    }

    private Path makeSecrets() throws Exception {
        Path script = Files.copy(FILES.resolve("make-secrets"), directory.resolve("make-secrets"));
        Run run = Run.of("sh", script.toString(), "farm.example");
        assertThat(run.exitCode()).as(run.text()).isZero();
        return directory.resolve("secrets");
    }

    private JsonObject yaml(Path file) {
        return new ConfigFile(vertx)
                .read(file)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}

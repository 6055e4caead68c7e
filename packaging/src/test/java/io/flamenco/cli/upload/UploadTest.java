package io.flamenco.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.manager.ManagerRole;
import io.flamenco.manager.config.ManagerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class UploadTest {

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path data;

    private static ManagerRole manager;

    @TempDir
    Path studio;

    private final List<String> said = new ArrayList<>();

    @BeforeAll
    static void start() {
        JsonObject yaml = new JsonObject().put("listen", "127.0.0.1:0").put("ssdp_discovery", false);
        manager = ManagerRole.start(VERTX, ManagerConfig.read("test", yaml, data, Map.of()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        manager.stop()
                .eventually(VERTX::close)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Test
    void files_keep_their_places_and_are_sent_once() throws IOException {
        Path scene = write("scenes/a/scene.txt", "the scene");
        Path texture = write("textures/wood.png", "wood");
        write("props/chair.txt", "chair");

        String path = upload(
                scene,
                "--with",
                texture.toString(),
                "--with",
                studio.resolve("props").toString());

        assertThat(path).startsWith("{shaman}/").endsWith("/scenes/a/scene.txt");
        Path checkedOut = data.resolve("shaman/jobs")
                .resolve(path.substring("{shaman}/".length()))
                .normalize();
        assertThat(checkedOut).isSymbolicLink().hasContent("the scene");
        assertThat(checkedOut.resolve("../../../textures/wood.png").normalize()).hasContent("wood");
        assertThat(checkedOut.resolve("../../../props/chair.txt").normalize()).hasContent("chair");
        assertThat(said).hasSize(3);

        said.clear();
        assertThat(upload(scene, "--with", texture.toString())).isNotEqualTo(path);
        assertThat(said).isEmpty();
    }

    @Test
    void without_upload_the_path_stays_as_it_is() throws IOException {
        Path scene = write("scene.txt", "x");
        Options options = new Options();
        new CommandLine(options).parseArgs();

        assertThat(options.upload.filepath(scene, said::add)).isEqualTo(scene.toString());
    }

    @Test
    void missing_file_wrong_token_and_no_manager_are_told_with_a_remedy() throws IOException {
        Path scene = write("scene.txt", "y");
        assertThatThrownBy(() -> upload(scene, "--with", "nothing.png"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("nothing.png");

        Path wrong = write("token", "wrong");
        assertThatThrownBy(() -> upload(scene, "--manager-token-file", wrong.toString()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--manager-token-file");

        assertThatThrownBy(() -> upload(scene, "--manager-url", "http://127.0.0.1:9/"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("--manager-url");
    }

    @Test
    void without_blender_the_blend_is_sent_alone_with_a_warning() throws IOException {
        Path scene = write("scene.blend", "not really");

        assertThat(upload(scene, "--blender", "/no/such/blender")).endsWith("/scene.blend");

        assertThat(said).first().asString().contains("warning").contains("--with");
    }

    @Command
    private static final class Options {

        @Mixin
        private UploadOptions upload = new UploadOptions();
    }

    private String upload(Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--upload"));
        URI url = manager.url().orElseThrow();
        if (!List.of(more).contains("--manager-url")) {
            arguments.addAll(List.of("--manager-url", url.toString()));
        }
        if (!List.of(more).contains("--manager-token-file")) {
            arguments.addAll(
                    List.of("--manager-token-file", data.resolve("api-token").toString()));
        }
        arguments.addAll(List.of(more));
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        return options.upload.filepath(file, said::add);
    }

    private Path write(String name, String content) throws IOException {
        Path file = studio.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }
}

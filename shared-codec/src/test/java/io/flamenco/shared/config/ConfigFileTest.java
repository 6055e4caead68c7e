package io.flamenco.shared.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void a_mistake_is_told_with_its_line_and_without_the_text_around_it(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("server.yaml"), "listen: ':8090'\nmanagers: [{secret: 'very'}\nown_url: x\n");

        assertThatThrownBy(() -> new ConfigFile(vertx)
                        .read(file)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get())
                .hasMessageContaining("in line 3, expected ',' or ']'")
                .hasMessageNotContaining("very");
    }
}

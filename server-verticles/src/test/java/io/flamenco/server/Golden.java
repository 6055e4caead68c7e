package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares text with a file of {@code src/test/resources/golden}; what differs is left in {@code target/golden}. */
public final class Golden {

    private Golden() {}

    public static void assertSame(String name, String actual) {
        try {
            Path left = Path.of("target", "golden", name);
            Files.createDirectories(left.toAbsolutePath().getParent());
            Files.writeString(left, actual);
            try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
                String expected = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(actual).as("golden file %s", name).isEqualTo(expected);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.flamenco.manager.login.blocking;

import io.flamenco.manager.login.TrustedKeys;
import io.flamenco.shared.secret.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of trusted public keys: all files that are named like {@code *-public*.pem}, except those with "test" in their
 * name, and {@code downloaded-public.pem} among them (Flamenco 2 protocol).
 */
public record KeyFiles(Path directory) {

    /** A smaller file holds no key. */
    private static final long SMALLEST_BYTES = 90;

    /** All keys of the directory; none when there is no such directory. */
    public TrustedKeys load() throws IOException {
        if (!Files.isDirectory(directory)) {
            return TrustedKeys.NONE;
        }
        TrustedKeys keys = TrustedKeys.NONE;
        for (Path file : files()) {
            keys = keys.and(TrustedKeys.parse(Files.readString(file)));
        }
        return keys;
    }

    /** What the Server said about when its keys last changed, word for word; empty when they should be downloaded anyway. */
    public Optional<String> lastModified() throws IOException {
        if (!Files.exists(downloaded()) || Files.size(downloaded()) <= SMALLEST_BYTES || !Files.exists(since())) {
            return Optional.empty();
        }
        return Optional.of(Files.readString(since()).strip()).filter(text -> !text.isEmpty());
    }

    /** Keeps keys that were downloaded, in place of those before. */
    public void keep(String pem, String lastModified) throws IOException {
        SecretFiles.createDirectories(directory);
        SecretFiles.write(downloaded(), pem);
        SecretFiles.write(since(), lastModified);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isTrusted(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isTrusted(String name) {
        return name.matches(".*-public.*\\.pem") && !name.contains("test");
    }

    private Path downloaded() {
        return directory.resolve("downloaded-public.pem");
    }

    private Path since() {
        return directory.resolve("downloaded-public.last-modified");
    }
}

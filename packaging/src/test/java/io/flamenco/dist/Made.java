package io.flamenco.dist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What {@code mvn -P dist package} has made. */
final class Made {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private Made() {}

    /**
     * One of the files.
     *
     * @param name with {@code VERSION} and {@code ARCH} for those of this build
     */
    static Path file(String name) {
        Path file = TARGET.resolve(name.replace("VERSION", System.getProperty("flamenco.version", ""))
                .replace("ARCH", System.getProperty("flamenco.dist.arch", "")));
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " was not made; run mvn -P dist verify.");
        }
        return file;
    }

    /** Unpacks an archive, and returns the one directory that was in it. */
    static Path unpacked(Path archive, Path where) throws Exception {
        Files.createDirectories(where);
        Run tar = Run.of("tar", "-C", where.toString(), "-xzf", archive.toString());
        if (tar.exitCode() != 0) {
            throw new IllegalStateException(archive + " cannot be unpacked: " + tar.text());
        }
        try (Stream<Path> entries = Files.list(where)) {
            return entries.toList().getFirst();
        }
    }
}

package io.flamenco.worker.blocking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether paths can be read and written, as the Flamenco 2 Worker does before each task. */
public final class PathProbe {

    private static final Logger LOG = LoggerFactory.getLogger(PathProbe.class);

    private PathProbe() {}

    /** What is wrong with the first path that cannot be used; empty when all can. */
    public static Optional<String> firstProblem(PreTaskCheck check) {
        for (Path path : check.readable()) {
            try {
                read(path.toAbsolutePath());
            } catch (IOException e) {
                return Optional.of("cannot read " + path + ": " + e);
            }
        }
        for (Path path : check.writable()) {
            try {
                write(path.toAbsolutePath());
            } catch (IOException e) {
                return Optional.of("cannot write " + path + ": " + e);
            }
        }
        return Optional.empty();
    }

    private static void read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (var entries = Files.newDirectoryStream(path)) {
                LOG.debug(
                        "Readable. directory={} empty={}",
                        path,
                        !entries.iterator().hasNext());
            }
        } else {
            try (InputStream content = Files.newInputStream(path)) {
                LOG.debug("Readable. file={} empty={}", path, content.read() < 0);
            }
        }
    }

    /** An existing file keeps its content; the original added a character to it each time. */
    private static void write(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Path attempt = Files.createTempFile(path, ".flamenco-check-", ".tmp");
            Files.writeString(attempt, "♥");
            Files.delete(attempt);
        } else if (Files.exists(path)) {
            Files.newByteChannel(path, StandardOpenOption.APPEND).close();
        } else {
            Files.writeString(path, "♥", StandardOpenOption.CREATE_NEW);
            Files.delete(path);
        }
    }
}

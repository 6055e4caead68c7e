package io.flamenco.manager.audit.blocking;

import io.flamenco.shared.secret.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file of lines for its owner only. One that has grown large is kept as {@code .1} and begun anew. */
public final class AuditFile {

    private static final long LARGEST_BYTES = 16L << 20;

    private final Path file;

    public AuditFile(Path file) {
        this.file = file;
    }

    /** Adds a line. */
    public synchronized void add(String line) throws IOException {
        if (!Files.exists(file)) {
            SecretFiles.write(file, "");
        } else if (Files.size(file) > LARGEST_BYTES) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            SecretFiles.write(file, "");
        }
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }
}

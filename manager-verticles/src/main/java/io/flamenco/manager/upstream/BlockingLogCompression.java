package io.flamenco.manager.upstream;

import io.flamenco.manager.tasklog.LogPaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes the compressed copy of a log beside it. Blocks: call it off the event loops. */
final class BlockingLogCompression {

    /** What the Server gets when there is no log, so that it stops asking. */
    static final String PLACEHOLDER = "log file does not exist on Flamenco Manager";

    private BlockingLogCompression() {}

    /**
     * The compressed copy. One that is newer than the log, or has no log beside it, is taken as it is; without either there
     * will be one that says so. The log itself is never touched.
     */
    static Path compressed(Path log) throws IOException {
        Path gzip = LogPaths.compressed(log);
        if (Files.exists(log)) {
            if (!Files.exists(gzip) || !isOlder(log, gzip)) {
                compress(Files.newInputStream(log), gzip);
            }
        } else if (!Files.exists(gzip)) {
            compress(new ByteArrayInputStream(PLACEHOLDER.getBytes(StandardCharsets.UTF_8)), gzip);
        }
        return gzip;
    }

    private static boolean isOlder(Path log, Path gzip) throws IOException {
        return Files.getLastModifiedTime(log).compareTo(Files.getLastModifiedTime(gzip)) < 0;
    }

    private static void compress(InputStream plain, Path gzip) throws IOException {
        Path directory = gzip.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(gzip + " cannot be written: it has no directory");
        }
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, ".log-", ".gz.tmp");
        try {
            try (plain;
                    OutputStream file = Files.newOutputStream(temporary);
                    BestGzip compressing = new BestGzip(file)) {
                plain.transferTo(compressing);
            }
            Files.move(temporary, gzip, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static final class BestGzip extends GZIPOutputStream {

        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}

package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.shaman.domain.FileKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A file store in a directory of the test's own. */
public final class StoreUnderTest {

    /** Files older than this are old. */
    public static final Duration MAX_AGE = Duration.ofDays(31);

    private StoreUnderTest() {}

    /** Settings below that directory, with small limits. */
    public static ManagerConfig.Shaman settings(Path directory, boolean relativeLinks, Path... extra) {
        return settings(directory, relativeLinks, 0, extra);
    }

    private static ManagerConfig.Shaman settings(
            Path directory, boolean relativeLinks, long keepFreeBytes, Path... extra) {
        return new ManagerConfig.Shaman(
                true,
                directory.resolve("file-store"),
                directory.resolve("jobs"),
                relativeLinks,
                1 << 30,
                keepFreeBytes,
                Duration.ofHours(24),
                MAX_AGE,
                List.of(extra).stream().map(Path::toString).toList());
    }

    /** An open store below that directory. */
    public static Shaman open(Path directory, Path... extra) {
        return Shaman.open(settings(directory, false, extra), Clock.systemUTC());
    }

    /** As the other, on a disk that has no room for more. */
    public static Shaman openFull(Path directory) {
        return Shaman.open(settings(directory, false, Long.MAX_VALUE), Clock.systemUTC());
    }

    /** The key of a file with that content. */
    public static FileKey key(byte[] content) {
        return new FileKey(HexFormat.of().formatHex(Upload.sha256().digest(content)), content.length);
    }

    /** The key of a file with that text. */
    public static FileKey key(String text) {
        return key(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a file there as if it had been uploaded long ago. */
    public static Path stored(Shaman shaman, String text, Duration age) throws IOException {
        Path blob = shaman.store().blob(key(text));
        Files.createDirectories(blob.resolveSibling(""));
        Files.writeString(blob, text);
        Files.setLastModifiedTime(
                blob, FileTime.from(Clock.systemUTC().instant().minus(age)));
        return blob;
    }

    /** How long ago a file was written to or touched. */
    public static Duration age(Path file) throws IOException {
        Instant touched = Files.getLastModifiedTime(file).toInstant();
        return Duration.between(touched, Clock.systemUTC().instant());
    }
}

package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.tasklog.LogPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockingLogCompressionTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path directory;

    private Path log;

    @BeforeEach
    void choose_a_log() {
        log = directory.resolve("job").resolve("task.txt");
    }

    @Test
    void log_is_compressed_beside_itself() throws IOException {
        write(log, "the log\n", NOON);

        Path gzip = BlockingLogCompression.compressed(log);

        assertThat(gzip).isEqualTo(log.resolveSibling("task.txt.gz"));
        assertThat(unzipped(gzip)).isEqualTo("the log\n");
        assertThat(log).hasContent("the log\n");
        assertThat(log.getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void newer_copy_is_kept_as_it_is() throws IOException {
        write(log, "the log", NOON);
        write(LogPaths.compressed(log), "made before", NOON.plusSeconds(1));

        assertThat(BlockingLogCompression.compressed(log)).hasContent("made before");
    }

    @Test
    void copy_that_is_older_or_of_the_same_moment_is_made_again() throws IOException {
        for (Instant moment : new Instant[] {NOON, NOON.minusSeconds(1)}) {
            write(log, "the log", NOON);
            write(LogPaths.compressed(log), "stale", moment);

            assertThat(unzipped(BlockingLogCompression.compressed(log))).isEqualTo("the log");
        }
    }

    @Test
    void copy_without_a_log_is_used() throws IOException {
        write(LogPaths.compressed(log), "all there is", NOON);

        assertThat(BlockingLogCompression.compressed(log)).hasContent("all there is");
    }

    @Test
    void without_either_there_is_a_placeholder_even_when_the_directory_is_missing() throws IOException {
        assertThat(unzipped(BlockingLogCompression.compressed(log)))
                .isEqualTo("log file does not exist on Flamenco Manager");
        assertThat(log).doesNotExist();
    }

    private static void write(Path file, String text, Instant modified) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(modified));
    }

    private static String unzipped(Path file) throws IOException {
        try (InputStream gzip = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

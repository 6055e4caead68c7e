package io.flamenco.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The directories into which web pages are unpacked while a process runs; one that was killed leaves its own behind. */
final class UnpackedPages {

    private static final String NAME = ".pages";

    private UnpackedPages() {}

    /** Where this process unpacks; Vert.x adds a suffix that nobody can guess. */
    static String in(Path data) {
        return data.resolve(NAME).toString();
    }

    /** Deletes what killed processes left. */
    static void forget(Path data) {
        try (Stream<Path> entries = Files.list(data)) {
            List<Path> left = entries.filter(
                            entry -> entry.getFileName().toString().startsWith(NAME + "-"))
                    .toList();
            for (Path directory : left) {
                delete(directory);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(UnpackedPages.class)
                    .warn("Pages of an earlier run could not be deleted. directory={}", data, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

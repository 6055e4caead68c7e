package io.flamenco.server.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP file in the making; it gets its final name only when it is whole. Blocks. */
final class ArchiveWriter {

    private final Path unfinished;
    private final Path target;
    private final ZipOutputStream zip;

    private ArchiveWriter(Path unfinished, Path target) throws IOException {
        this.unfinished = unfinished;
        this.target = target;
        this.zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished)));
    }

    /** Begins a file; what an earlier attempt left is overwritten. */
    static ArchiveWriter begin(Path directory, String name) throws IOException {
        Files.createDirectories(directory);
        return new ArchiveWriter(directory.resolve(name + ".unfinished"), directory.resolve(name));
    }

    void add(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Adds a file; one that is gone is left out. */
    void add(String name, Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(file, zip);
            zip.closeEntry();
        }
    }

    void finish() throws IOException {
        zip.close();
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Gives up; leaves nothing behind. */
    void abandon() throws IOException {
        zip.close();
        Files.deleteIfExists(unfinished);
    }
}

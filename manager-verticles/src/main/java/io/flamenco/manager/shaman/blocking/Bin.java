package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.shaman.domain.FileKey;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * One of the directories of the store. Each file has a directory of its own, named after its checksum; directories that become
 * empty are removed.
 *
 * @param root absolute
 */
record Bin(Path root) {

    private static final int PREFIX = 2;
    private static final int MOST_TRIES = 100;

    /** Something to do with a path whose directory is there when it begins. */
    @FunctionalInterface
    interface Step<T> {

        T in(Path path) throws IOException;
    }

    /** A path below the root; a leading slash makes no difference. */
    Path path(String below) {
        return root.resolve(below.replaceFirst("^/+", "")).normalize();
    }

    /** Whether the path is that directory below the root, or lies in it; names are compared whole. */
    boolean contains(String below, Path path) {
        return path(below).startsWith(root) && path.toAbsolutePath().normalize().startsWith(path(below));
    }

    /** The directory of that file's own. */
    Path directory(FileKey key) {
        return root.resolve(key.checksum().substring(0, PREFIX))
                .resolve(key.checksum().substring(PREFIX));
    }

    /**
     * Does something with a file whose directory is made first. Others may remove the directory as long as it is empty; then
     * it is made again.
     */
    <T> T withDirectory(Path file, Step<T> step) throws IOException {
        for (int tried = 1; ; tried++) {
            Path directory = parent(file);
            try {
                Files.createDirectories(directory);
                return step.in(file);
            } catch (NoSuchFileException pruned) {
                if (tried == MOST_TRIES || Files.exists(directory)) {
                    throw pruned;
                }
            }
        }
    }

    /** Removes the file's directory and the one above it when they are empty. */
    void prune(Path file) {
        Path directory = parent(file);
        for (int level = 0; level < 2 && contains("", directory) && !directory.equals(root); level++) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException notEmpty) {
                return;
            }
            directory = parent(directory);
        }
    }

    /** Makes the root when it is not there. */
    Bin made() throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new FileSystemException(root.toString(), null, "it is a file and should be a directory");
        }
        Files.createDirectories(root);
        return this;
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}

package io.flamenco.mongo.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and directories that nobody but the account of this process may read, where the file system knows accounts. */
public final class OwnerOnly {
    private OwnerOnly() {}

    static FileAttribute<?>[] file(Path directory) {
        return attributes(directory, "rw-------");
    }

    /** Makes a directory, and those above it, unless it is there. */
    public static void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            var absolute = directory.toAbsolutePath();
            var parent = absolute.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            createTolerant(absolute, attributes(parent == null ? absolute : parent, "rwx------"));
        }
    }

    /** Makes an empty file; one that is there keeps its content. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, file(file));
        } catch (FileAlreadyExistsException e) {
            if (supportsPosix(file)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    /** Deletes a directory with the files in it; fine when there is none. */
    public static void deleteDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (var files = Files.list(directory)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }

    private static void createTolerant(Path directory, FileAttribute<?>[] attributes) throws IOException {
        try {
            Files.createDirectory(directory, attributes);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path place, String permissions) {
        return supportsPosix(place)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean supportsPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

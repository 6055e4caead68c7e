package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.shaman.domain.FileKey;
import io.flamenco.manager.shaman.domain.FileStatus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files by checksum and size (layout of the Flamenco 2 protocol): what is stored is in {@code stored}, what is being sent in
 * {@code uploading}. A file appears in {@code stored} by being renamed, after its content is on the disk.
 */
public final class FileStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);
    private static final String STORED = ".blob";
    private static final String TEMPORARY = ".tmp";

    private final Path root;
    private final Bin uploading;
    private final Bin stored;

    private FileStore(Path root) {
        this.root = root;
        this.uploading = new Bin(root.resolve("uploading"));
        this.stored = new Bin(root.resolve("stored"));
    }

    /** A file of which the store knows something, and where it is. */
    record Found(FileStatus status, Path path) {}

    /**
     * Opens a store, making its directories.
     *
     * @throws IOException when they cannot be made or are no directories
     */
    static FileStore open(Path root) throws IOException {
        FileStore store = new FileStore(root.toAbsolutePath().normalize());
        store.uploading.made();
        store.stored.made();
        return store;
    }

    Path root() {
        return root;
    }

    Bin uploading() {
        return uploading;
    }

    Bin stored() {
        return stored;
    }

    /** Where that file is or would be, once stored. */
    public Path blob(FileKey key) {
        return stored.directory(key).resolve(key.size() + STORED);
    }

    /** Whether the file is there. */
    public boolean has(FileKey key) {
        return Files.isRegularFile(blob(key));
    }

    /** What is known of the file. */
    public FileStatus status(FileKey key) throws IOException {
        return find(key).map(Found::status).orElse(FileStatus.UNKNOWN);
    }

    Optional<Found> find(FileKey key) throws IOException {
        if (has(key)) {
            return Optional.of(new Found(FileStatus.STORED, blob(key)));
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(uploading.directory(key), key.size() + "-*" + TEMPORARY)) {
            for (Path file : files) {
                return Optional.of(new Found(FileStatus.UPLOADING, file));
            }
            return Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException nobodySendsIt) {
            return Optional.empty();
        }
    }

    /** Opens a temporary file of its own for the content of that file. */
    TemporaryFile begin(FileKey key) throws IOException {
        String name = key.size() + "-" + UUID.randomUUID() + TEMPORARY;
        Path wanted = uploading.directory(key).resolve(name);
        return uploading.withDirectory(
                wanted,
                path -> new TemporaryFile(
                        path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
    }

    /**
     * Makes the file at that path the stored one. Its content must be on the disk already.
     *
     * @throws IllegalArgumentException when the path is not in {@code uploading}
     */
    void store(FileKey key, Path temporary) throws IOException {
        if (!uploading.contains("", temporary)) {
            throw new IllegalArgumentException(temporary + " is no file that was being sent");
        }
        Path blob = stored.withDirectory(blob(key), path -> renamed(temporary, path));
        Durable.forceDirectory(blob.getParent());
        uploading.prune(temporary);
    }

    /** Removes a temporary file; one that is gone already is fine. */
    void forget(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.warn("What a broken upload left behind cannot be removed. path={} reason={}", temporary, e.toString());
        }
        uploading.prune(temporary);
    }

    /**
     * Removes what uploads left behind that nobody has written to for a while.
     *
     * @return how many files
     */
    public int forgetUploadsOlderThan(Instant moment) throws IOException {
        int forgotten = 0;
        for (Path file : temporaryFiles()) {
            if (Ages.isOlder(file, moment)) {
                forget(file);
                forgotten++;
            }
        }
        removeEmptyDirectories();
        return forgotten;
    }

    /** A process that was killed may have left some; one that is needed again is made again. */
    private void removeEmptyDirectories() throws IOException {
        try (Stream<Path> paths = Files.walk(uploading.root())) {
            paths.filter(path -> Files.isDirectory(path) && !path.equals(uploading.root()))
                    .sorted(Comparator.reverseOrder())
                    .forEach(FileStore::removeIfEmpty);
        } catch (java.io.UncheckedIOException vanishing) {
            throw vanishing.getCause();
        }
    }

    private static void removeIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory);
        } catch (IOException inUse) {
            LOG.debug("A directory of uploads is in use. path={}", directory);
        }
    }

    private Iterable<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(uploading.root())) {
            return files.filter(file -> file.toString().endsWith(TEMPORARY)).toList();
        } catch (java.io.UncheckedIOException vanishing) {
            throw vanishing.getCause();
        }
    }

    private static Path renamed(Path from, Path to) throws IOException {
        try {
            return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("uploading and stored must be on one file system, or files could appear half", e);
        }
    }
}

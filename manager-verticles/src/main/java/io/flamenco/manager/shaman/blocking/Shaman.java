package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.shaman.domain.CheckoutDefinition;
import io.flamenco.manager.shaman.domain.FileKey;
import io.flamenco.manager.shaman.domain.FileStatus;
import io.flamenco.shared.kernel.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The open file store: one per process, for any thread. All its methods block. */
public final class Shaman implements AutoCloseable {

    private final StoreLock lock;
    private final FileStore store;
    private final Checkouts checkouts;
    private final GarbageCollector collector;
    private final LiveUploads live = new LiveUploads();
    private final DiskSpace disk;
    private final Touch touch;

    private Shaman(ManagerConfig.Shaman config, Clock clock, StoreLock lock, FileStore store) throws IOException {
        ReentrantReadWriteLock deleting = new ReentrantReadWriteLock();
        Path root = store.root();
        Path checkoutRoot =
                Files.createDirectories(config.checkoutPath().toAbsolutePath().normalize());
        LinkTargets targets =
                config.relativeLinks() ? LinkTargets.relative(root, checkoutRoot) : LinkTargets.absolute();
        this.lock = lock;
        this.store = store;
        this.touch = new Touch(clock);
        this.disk = new DiskSpace(store.uploading().root(), config.keepFreeBytes());
        this.checkouts = new Checkouts(checkoutRoot, store, touch, targets, deleting.readLock());
        checkouts.prepare();
        this.collector = new GarbageCollector(
                store,
                checkoutRoot,
                config.extraCheckoutPaths().stream().map(Path::of).toList(),
                config.garbageCollectMaxAge(),
                clock,
                deleting.writeLock());
    }

    /**
     * Opens the store, making its directories.
     *
     * @throws StartFailure when they cannot be used
     */
    public static Shaman open(ManagerConfig.Shaman config, Clock clock) {
        Path root = config.fileStorePath().toAbsolutePath().normalize();
        try {
            FileStore store = FileStore.open(root);
            StoreLock lock = StoreLock.take(root);
            try {
                return new Shaman(config, clock, lock, store);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartFailure("The file store at " + root + " and its checkouts at " + config.checkoutPath()
                    + " cannot be used: " + e.getMessage()
                    + "; change shaman.fileStorePath and shaman.checkoutPath, or switch it off with shaman.enabled:"
                    + " false.");
        }
    }

    /** The stored files. */
    public FileStore store() {
        return store;
    }

    /** The trees of links. */
    public Checkouts checkouts() {
        return checkouts;
    }

    /** What removes forgotten files. */
    public GarbageCollector collector() {
        return collector;
    }

    /** The uploads that are being received. */
    public LiveUploads live() {
        return live;
    }

    /**
     * Receives a file unless that is not needed.
     *
     * @param mayDefer whether the sender can come back later
     * @param gzip whether the body is compressed
     * @param body is read only when it is needed
     */
    public UploadOutcome receive(FileKey key, boolean mayDefer, boolean gzip, BodyStream body) throws IOException {
        FileStatus status = store.status(key);
        if (status == FileStatus.STORED) {
            touch.now(List.of(store.blob(key)));
            return UploadOutcome.ALREADY_STORED;
        }
        if (status == FileStatus.UPLOADING && mayDefer) {
            return UploadOutcome.DEFERRED;
        }
        return new Upload(store, live, disk, key, body.begin(), gzip).receive();
    }

    /** The files of a definition that are not stored, each once; those that are stored are touched before this returns. */
    public List<Requirement> requirements(CheckoutDefinition definition) throws IOException {
        List<Path> there = new ArrayList<>();
        List<Requirement> requirements = new ArrayList<>();
        for (Map.Entry<FileKey, String> file : definition.distinct().entrySet()) {
            FileStatus status = store.status(file.getKey());
            if (status == FileStatus.STORED) {
                there.add(store.blob(file.getKey()));
            } else {
                requirements.add(new Requirement(status, file.getValue()));
            }
        }
        touch.now(there);
        return requirements;
    }

    /**
     * A file that is needed.
     *
     * @param status unknown or being uploaded
     */
    public record Requirement(FileStatus status, String path) {}

    /** Lets go of the store. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}

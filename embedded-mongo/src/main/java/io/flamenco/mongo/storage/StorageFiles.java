package io.flamenco.mongo.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the files of a database and brings them to the state of the last change that was reported durable. */
record StorageFiles(Path directory, String name, CheckpointPolicy policy) {
    private static final Logger LOG = LoggerFactory.getLogger(StorageFiles.class);
    private static final int COMPACT_AT_MOST_MILLIS = 2000;
    private static final int COMPACT_FROM_BYTES = 16 << 20;
    private static final int COMPACT_BELOW_FILL_PERCENT = 60;
    private static final int PAGE_BYTES = 4 << 10;
    /** A chunk of the file that holds nothing any more is left alone this long, for readers and against reordered writes. */
    private static final int RETENTION_MILLIS = 45_000;

    Storage open(DurabilityListener listener) {
        prepareFile();
        var store = openStore();
        try {
            var segments = new Segments(directory, name);
            var reader = replay(store, segments);
            long next = segments.existing().stream()
                            .mapToLong(Segments.Segment::number)
                            .max()
                            .orElse(0)
                    + 1;
            compact(store);
            var writer = new JournalWriter(segments, next, reader.lastNumber(), listener);
            writer.start();
            segments.deleteBefore(next);
            var journal = new Journal(writer, reader.lastNumber());
            return new Storage(store, journal, new Checkpoints(store, journal, directory, policy));
        } catch (DamagedJournalException e) {
            store.closeImmediately();
            throw damaged(e);
        } catch (IOException e) {
            store.closeImmediately();
            throw unwritable(e);
        } catch (MVStoreException e) {
            store.closeImmediately();
            throw damaged(e);
        }
    }

    private Path file() {
        return directory.resolve(name + ".mv");
    }

    private void prepareFile() {
        try {
            OwnerOnly.createDirectory(directory);
            OwnerOnly.createFile(file());
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (!Files.isReadable(file()) || !Files.isWritable(file()) || !Files.isWritable(directory)) {
            throw unwritable(new IOException("no permission"));
        }
    }

    private MVStore openStore() {
        try {
            var store = new MVStore.Builder()
                    .fileName(file().toString())
                    .pageSplitSize(PAGE_BYTES)
                    .cacheSize(HeapShare.cacheMegabytes())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .autoCompactFillRate(0)
                    .open();
            store.setVersionsToKeep(0);
            return store;
        } catch (MVStoreException e) {
            throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED ? locked(e) : damaged(e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw damaged(e);
        }
    }

    private JournalReader replay(MVStore store, Segments segments) throws IOException {
        var reader = new JournalReader(new Replay(store, policy.unsavedBytes()));
        reader.apply(segments);
        if (reader.lastNumber() > 0) {
            LOG.info("database file={} brought up to change number={} from its journal", file(), reader.lastNumber());
        }
        store.commit();
        store.sync();
        return reader;
    }

    private void compact(MVStore store) {
        store.getMapNames().forEach(map -> Storage.openMap(store, map));
        var fileStore = store.getFileStore();
        if (fileStore.size() > COMPACT_FROM_BYTES && store.getFillRate() < COMPACT_BELOW_FILL_PERCENT) {
            long before = fileStore.size();
            store.compactFile(COMPACT_AT_MOST_MILLIS);
            LOG.info("database file={} compacted from {} to {} bytes", file(), before, fileStore.size());
        }
        store.setRetentionTime(RETENTION_MILLIS);
    }

    /** Applies the journal's changes to the maps, writing them out whenever they have grown large. */
    private record Replay(MVStore store, long unsavedBytes) implements Frame.Target {
        @Override
        public void put(String map, byte[] key, byte[] value) {
            Storage.openMap(store, map).put(key, value);
            if (store.getUnsavedMemory() > unsavedBytes) {
                store.commit();
            }
        }

        @Override
        public void remove(String map, byte[] key) {
            Storage.openMap(store, map).remove(key);
        }

        @Override
        public void drop(String map) {
            store.removeMap(map);
        }
    }

    private StorageException locked(Throwable cause) {
        return new StorageException(
                "The database file " + file()
                        + " is in use by another process. Stop the other Flamenco that uses it, or"
                        + " give this one a directory of its own.",
                cause);
    }

    private StorageException unwritable(IOException cause) {
        return new StorageException(
                "The database files in " + directory + " can't be made or written (" + reason(cause)
                        + "). Let this account write there, free space on that disk, or choose another directory.",
                cause);
    }

    private StorageException damaged(Throwable cause) {
        return new StorageException(
                "The database file " + file() + " or its journal is damaged (" + reason(cause)
                        + "). Put back a backup of " + name + ".mv and " + name
                        + ".journal-*, or move all of them away to start with an empty database.",
                cause);
    }

    private static String reason(Throwable cause) {
        var message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}

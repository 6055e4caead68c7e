package io.flamenco.mongo.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the MVStore write the maps to its file, and the journal forget what is in there.
 *
 * <p>A checkpoint begins on the owner thread, between two units of change: the journal starts a new file, and the store takes
 * note of the roots of all its trees. Both are quick. Writing those trees and syncing them is left to other threads; when that
 * is done the older journal files go. A crash before that finds them all and applies them again.
 */
final class Checkpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long SPARE_DISK_BYTES = 64L << 20;
    /** Long enough never to come about: the store must not commit on its own, in the middle of a unit of change. */
    private static final int NEVER_MILLIS = Integer.MAX_VALUE;

    private static final int COMPACT_BELOW_FILL_PERCENT = 40;
    private static final int COMPACT_SLICE_BYTES = 2 << 20;
    private static final int COMPACT_FROM_BYTES = 64 << 20;
    private static final int CLOSE_WITHIN_MILLIS = 200;

    private final MVStore store;
    private final Journal journal;
    private final Path directory;
    private final CheckpointPolicy policy;
    private final ExecutorService keeper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("database-checkpoint").factory());
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private long lastBegunNanos = System.nanoTime();
    private boolean tidyNext;
    private boolean shortOfSpace;

    Checkpoints(MVStore store, Journal journal, Path directory, CheckpointPolicy policy) {
        this.policy = policy;
        this.store = store;
        this.journal = journal;
        this.directory = directory;
        // Only with a delay does the store get the threads that write for it.
        store.setAutoCommitDelay(NEVER_MILLIS);
    }

    /** Begins a checkpoint when one is due, or rewrites a little of a file that is mostly empty. */
    void maintain() {
        if (!running.isDone()) {
            holdBackWhenFull();
        } else if (due()) {
            begin();
        } else if (tidyNext
                && System.nanoTime() - lastBegunNanos > Duration.ofSeconds(1).toNanos()) {
            tidyNext = false;
            compactSlice();
        }
    }

    @Override
    public void close() {
        awaitRunning();
        keeper.shutdown();
        long mark = journal.mark();
        try {
            closeStore();
            journal.forgetBefore(mark);
        } catch (MVStoreException e) {
            LOG.error(
                    "The database file in {} could not be written at close; its journal holds everything",
                    directory,
                    e);
        }
        journal.close();
    }

    /** One that has failed is closed already: closing it again does nothing, and says nothing. */
    private void closeStore() {
        store.close(CLOSE_WITHIN_MILLIS);
        if (store.getPanicException() != null) {
            throw store.getPanicException();
        }
    }

    private boolean due() {
        long waiting = journal.bytesSinceMark();
        return waiting > policy.journalBytes()
                || store.getUnsavedMemory() > policy.unsavedBytes()
                || (waiting > 0
                        && System.nanoTime() - lastBegunNanos > policy.every().toNanos());
    }

    private void begin() {
        lastBegunNanos = System.nanoTime();
        if (store.isClosed() || tooLittleSpace()) {
            return;
        }
        long mark = journal.mark();
        if (store.tryCommit() < 0 && store.hasUnsavedChanges()) {
            return;
        }
        tidyNext = true;
        running = CompletableFuture.runAsync(() -> finish(mark), keeper);
    }

    private void finish(long mark) {
        try {
            store.executeFilestoreOperation(store.getFileStore()::sync);
            journal.forgetBefore(mark);
        } catch (RuntimeException e) {
            LOG.error(
                    "The database file in {} can't be written; nothing is lost, its journal holds everything: see to the"
                            + " disk and restart",
                    directory,
                    e);
        }
    }

    private void holdBackWhenFull() {
        if (store.getUnsavedMemory() > 4 * policy.unsavedBytes()) {
            awaitRunning();
        }
    }

    private void awaitRunning() {
        try {
            running.join();
        } catch (CompletionException e) {
            LOG.error("a checkpoint of the database in {} failed", directory, e);
        }
    }

    private void compactSlice() {
        var fileStore = store.getFileStore();
        if (fileStore.size() > COMPACT_FROM_BYTES && store.getFillRate() < COMPACT_BELOW_FILL_PERCENT) {
            tidyNext = store.compact(COMPACT_BELOW_FILL_PERCENT, COMPACT_SLICE_BYTES);
        }
    }

    /** The store can't go on after it failed to write; better not to try with a disk that is nearly full. */
    private boolean tooLittleSpace() {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            boolean little = free < store.getUnsavedMemory() + SPARE_DISK_BYTES;
            if (little && !shortOfSpace) {
                LOG.error(
                        "The disk of {} has only {} bytes left, the database's journal grows until there is more",
                        directory,
                        free);
            }
            shortOfSpace = little;
            return little;
        } catch (IOException e) {
            LOG.warn("can't tell the free space of {}: {}", directory, e.getMessage());
            return false;
        }
    }
}

package io.flamenco.mongo.storage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The maps of one database, in files or in memory. After {@link #open} or {@link #inMemory}, one thread owns it: all methods are
 * called by that thread, or by the thread that closes it once the owner has stopped.
 */
public final class Storage implements AutoCloseable {
    private final MVStore store;
    private final @Nullable Journal journal;
    private final @Nullable Checkpoints checkpoints;
    private final Map<String, ByteMap> maps = new HashMap<>();

    Storage(MVStore store, @Nullable Journal journal, @Nullable Checkpoints checkpoints) {
        this.store = store;
        this.journal = journal;
        this.checkpoints = checkpoints;
        store.getMapNames().forEach(this::map);
    }

    /**
     * Opens {@code <name>.mv} and the journal beside it, applies the journal, and tidies up for at most two seconds.
     *
     * @param policy when the file is written
     * @param listener hears of durability from here on
     * @throws StorageException when the files can't be made, are in use by another process, or are damaged
     */
    public static Storage open(Path directory, String name, CheckpointPolicy policy, DurabilityListener listener) {
        return new StorageFiles(directory, name, policy).open(listener);
    }

    /** Maps that are gone when closed; every change counts as durable at once. */
    public static Storage inMemory() {
        return new Storage(new MVStore.Builder().open(), null, null);
    }

    /** The map of this name, made when missing. */
    public ByteMap map(String name) {
        return maps.computeIfAbsent(name, missing -> new ByteMap(missing, openMap(store, missing), journal));
    }

    /** Removes a map with all it holds. */
    public void drop(String name) {
        var map = maps.remove(name);
        if (map != null) {
            store.removeMap(map.map());
            if (journal != null) {
                journal.drop(name);
            }
        }
    }

    /** The names of all maps. */
    public Set<String> names() {
        return new TreeSet<>(maps.keySet());
    }

    /** Tells that the changes so far are complete in themselves: after a crash all of them are there, or none. */
    public void endUnit() {
        if (journal != null) {
            journal.endUnit();
        }
    }

    /**
     * Has everything done so far made durable, without waiting for it.
     *
     * @return the number that {@link DurabilityListener#durable} must reach for that; 0 when everything is durable already
     */
    public long handOver() {
        return journal == null ? 0 : journal.handOver();
    }

    /** All maps as they are now; to be called between two units of change. */
    public Snapshot snapshot() {
        return new Snapshot(store, maps.values());
    }

    /** Does what is due of the periodic work; takes milliseconds at most. To be called every few seconds and after changes. */
    public void maintain() {
        if (checkpoints != null) {
            checkpoints.maintain();
        }
    }

    /** Why changes can't be made durable at the moment, as a clause; empty when they can. */
    public String complaint() {
        if (store.isClosed()) {
            return "the database file is closed after an error (" + reason(store.getPanicException())
                    + "), see to the disk and restart to open it again";
        }
        return journal == null ? "" : journal.complaint();
    }

    /** The store says where it was writing; what was wrong stands behind. */
    private static String reason(@Nullable Throwable failure) {
        return String.valueOf(failure == null || failure.getCause() == null ? failure : failure.getCause());
    }

    /** The size of the database file in bytes, without the journal; 0 in memory. */
    public long fileSizeBytes() {
        return store.getFileStore() == null ? 0 : store.getFileStore().size();
    }

    /** Writes everything to the database file and closes it. */
    @Override
    public void close() {
        if (checkpoints != null) {
            checkpoints.close();
        } else {
            store.close();
        }
    }

    static MVMap<byte[], byte[]> openMap(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>().keyType(BytesType.INSTANCE).valueType(BytesType.INSTANCE));
    }
}

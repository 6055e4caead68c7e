package io.flamenco.mongo.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;

/**
 * All maps of a storage as they were at one moment, while the storage goes on. Taken by the owner thread; read once, by any one
 * thread. Until it is closed the database file keeps what the snapshot needs, so it may grow.
 */
public final class Snapshot implements AutoCloseable {
    private static final int FRAME_TARGET_BYTES = 256 << 10;

    private final MVStore store;
    private final MVStore.TxCounter use;
    private final Map<String, Cursor<byte[], byte[]>> cursors = new LinkedHashMap<>();

    Snapshot(MVStore store, Iterable<ByteMap> maps) {
        this.store = store;
        this.use = store.registerVersionUsage();
        maps.forEach(map -> cursors.put(map.map().getName(), map.map().cursor(null)));
    }

    /**
     * Writes it as the content of a journal's first file: a storage that finds nothing else opens with exactly this.
     *
     * @throws IOException when {@code out} can't be written
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(Segments.header(1));
        var frame = new Frame();
        long number = 0;
        for (var map : cursors.entrySet()) {
            var cursor = map.getValue();
            while (cursor.hasNext()) {
                frame.put(map.getKey(), cursor.next(), cursor.getValue());
                if (frame.size() > FRAME_TARGET_BYTES) {
                    out.write(frame.seal(++number));
                }
            }
        }
        if (!frame.isEmpty()) {
            out.write(frame.seal(++number));
        }
    }

    @Override
    public void close() {
        store.deregisterVersionUsage(use);
    }

    /** The name of the file that {@link #writeTo} makes the content of, for a database of that name. */
    public static String fileName(String database) {
        return Segments.fileName(database, 1);
    }
}

package io.flamenco.mongo.storage;

import java.util.Iterator;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map from bytes to bytes, ordered as unsigned bytes. Only the owner thread of its {@link Storage} may use it.
 * Arrays that go in or come out are shared with the map: never change them.
 */
public final class ByteMap {
    private final String name;
    private final MVMap<byte[], byte[]> map;
    private final @Nullable Journal journal;

    ByteMap(String name, MVMap<byte[], byte[]> map, @Nullable Journal journal) {
        this.name = name;
        this.map = map;
        this.journal = journal;
    }

    /** The value of {@code key}, or {@code null}. */
    public byte @Nullable [] value(byte[] key) {
        return map.get(key);
    }

    /** Gives {@code key} this value, whatever it had. */
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
        if (journal != null) {
            journal.put(name, key, value);
        }
    }

    /** Makes {@code key} absent. */
    public void remove(byte[] key) {
        map.remove(key);
        if (journal != null) {
            journal.remove(name, key);
        }
    }

    /** The number of keys. */
    public long size() {
        return map.sizeAsLong();
    }

    /** The number of keys in a range; costs a few steps, however many they are. */
    public long count(KeyRange range) {
        if (range.isEmpty()) {
            return 0;
        }
        long end = range.to() == null ? size() : keysBefore(range.to());
        return end - keysBefore(range.from());
    }

    private long keysBefore(byte[] key) {
        long index = map.getKeyIndex(key);
        return index >= 0 ? index : -index - 1;
    }

    /** The entries of a range in the order of their keys, or in the opposite one; see {@link Scan} for changes meanwhile. */
    public Iterator<Entry> scan(KeyRange range, boolean descending) {
        return new Scan(map, range, descending);
    }

    MVMap<byte[], byte[]> map() {
        return map;
    }
}

package io.flamenco.mongo.storage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * Walks a range of a map. The map may change between two steps, by the walker's own doing or another's: the walk then goes on
 * behind the last key it gave, sees what was added there and no longer what was removed.
 */
final class Scan implements Iterator<Entry> {
    private final MVMap<byte[], byte[]> map;
    private final KeyRange range;
    private final boolean descending;
    private RootReference<byte[], byte[]> root;
    private Cursor<byte[], byte[]> cursor;
    private byte @Nullable [] lastKey;
    private @Nullable Entry next;

    Scan(MVMap<byte[], byte[]> map, KeyRange range, boolean descending) {
        this.map = map;
        this.range = range;
        this.descending = descending;
        this.root = map.getRoot();
        this.cursor = cursorFrom(root, descending ? range.to() : range.from());
    }

    @Override
    public boolean hasNext() {
        if (map.getRoot() != root) {
            root = map.getRoot();
            cursor = cursorFrom(root, lastKey != null ? lastKey : descending ? range.to() : range.from());
            next = null;
        }
        if (next == null) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public Entry next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        var entry = next;
        lastKey = entry.key();
        next = null;
        return entry;
    }

    private @Nullable Entry advance() {
        while (cursor.hasNext()) {
            var key = cursor.next();
            if (descending ? range.startsAfter(key) : range.endsAtOrBefore(key)) {
                return null;
            }
            if (!alreadyGiven(key) && !(descending && range.endsAtOrBefore(key))) {
                return new Entry(key, cursor.getValue());
            }
        }
        return null;
    }

    private boolean alreadyGiven(byte[] key) {
        return lastKey != null && Arrays.equals(key, lastKey);
    }

    private Cursor<byte[], byte[]> cursorFrom(RootReference<byte[], byte[]> at, byte @Nullable [] start) {
        return map.cursor(at, start, null, descending);
    }
}

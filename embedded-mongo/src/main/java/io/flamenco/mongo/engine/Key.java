package io.flamenco.mongo.engine;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Where a document is in its collection: its encoded {@code _id}. */
public final class Key implements Comparable<Key> {
    private final byte[] bytes;

    Key(byte[] bytes) {
        this.bytes = bytes;
    }

    static Key of(@Nullable Object id) {
        return new Key(new KeyBytes().append(id).toBytes());
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}

package io.flamenco.mongo.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys from {@code from}, inclusive, up to {@code to}, exclusive.
 *
 * @param to {@code null} for no upper end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying would cost
public record KeyRange(byte[] from, byte @Nullable [] to) {
    /** Every key. */
    public static final KeyRange ALL = new KeyRange(new byte[0], null);

    /** The keys that begin with {@code prefix}, itself included. */
    public static KeyRange startingWith(byte[] prefix) {
        return new KeyRange(prefix, afterPrefix(prefix));
    }

    /** The smallest key that is greater than every key beginning with {@code prefix}; {@code null} when there is none. */
    public static byte @Nullable [] afterPrefix(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != (byte) 0xff) {
                var after = Arrays.copyOf(prefix, last + 1);
                after[last]++;
                return after;
            }
        }
        return null;
    }

    /** Whether no key can be in this range. */
    public boolean isEmpty() {
        return to != null && Arrays.compareUnsigned(from, to) >= 0;
    }

    boolean endsAtOrBefore(byte[] key) {
        return to != null && Arrays.compareUnsigned(key, to) >= 0;
    }

    boolean startsAfter(byte[] key) {
        return Arrays.compareUnsigned(key, from) < 0;
    }
}

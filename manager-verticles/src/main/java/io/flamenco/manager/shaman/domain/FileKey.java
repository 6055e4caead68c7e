package io.flamenco.manager.shaman.domain;

import java.util.regex.Pattern;

/**
 * What tells a file of the store from all others.
 *
 * @param checksum letters and digits only, 3 to 128 of them; only 64 lower-case hexadecimal digits can ever be stored
 * @param size in bytes; 0 or more
 */
public record FileKey(String checksum, long size) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{3,128}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public FileKey {
        if (!NAME.matcher(checksum).matches()) {
            throw new IllegalArgumentException("the checksum must be 3 to 128 letters and digits");
        }
        if (size < 0) {
            throw new IllegalArgumentException("the size must not be negative");
        }
    }

    /** Whether the text is a SHA-256 as it is written here. */
    public static boolean isSha256(String text) {
        return SHA_256.matcher(text).matches();
    }
}

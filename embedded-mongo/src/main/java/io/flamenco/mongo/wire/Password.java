package io.flamenco.mongo.wire;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What a client must know to log in; new for each start and kept in memory only. */
public record Password(String text) {
    /** The only user there is. */
    public static final String USER = "flamenco";

    private static final int BYTES = 32;

    /** A password that nobody can guess. */
    public static Password random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Password(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}

package io.flamenco.shared.bridge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do, each more than the one before. */
public enum FarmRole {
    /** Sees everything but secrets. */
    VIEWER,
    /** Sends files for jobs. */
    ARTIST,
    /** Orders Workers about. */
    WRANGLER,
    /** Sets the Manager up and takes its data away. */
    ADMIN;

    /** Whether it may do what takes that role. */
    public boolean covers(FarmRole needed) {
        return compareTo(needed) >= 0;
    }

    /** As it is written in tokens; empty for a word that is none. */
    public static Optional<FarmRole> parse(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

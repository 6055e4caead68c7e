package io.flamenco.shared.people;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do, each more than the one before. */
public enum FarmRole {
    /** Looks: sees everything but secrets. */
    VIEWER,
    /** Submits jobs with their files, and changes their own. */
    ARTIST,
    /** Keeps work flowing: everybody's jobs, and Workers. */
    WRANGLER,
    /** Runs the farm: users, projects, Managers and their settings. */
    ADMIN;

    /** Whether it may do what takes that role. */
    public boolean covers(FarmRole needed) {
        return compareTo(needed) >= 0;
    }

    /** The role of that word; empty for a word that is none. */
    public static Optional<FarmRole> parse(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** As documents and tokens have it, and as people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.flamenco.server.domain;

import java.util.Locale;
import java.util.Optional;

/** What a person is on this farm; each may do all that those after it may. */
public enum UserRole {
    /** Runs the farm: users, Managers, projects. */
    ADMIN,
    /** Keeps work flowing: everybody's jobs, and Workers. */
    WRANGLER,
    /** Submits jobs, and changes their own. */
    ARTIST,
    /** Looks. */
    VIEWER;

    /** The name in documents and tokens. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that name; empty when there is none. */
    public static Optional<UserRole> parse(String wire) {
        for (UserRole role : values()) {
            if (role.wire().equals(wire)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whether it may do all that the other may. */
    public boolean atLeast(UserRole other) {
        return compareTo(other) <= 0;
    }
}

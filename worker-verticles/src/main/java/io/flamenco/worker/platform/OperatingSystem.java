package io.flamenco.worker.platform;

import java.util.Locale;
import java.util.Optional;

/** The systems that the Flamenco 2 protocol knows. */
public enum OperatingSystem {
    LINUX("linux"),
    WINDOWS("windows"),
    MACOS("darwin");

    private final String wire;

    OperatingSystem(String wire) {
        this.wire = wire;
    }

    /** The name that a Worker registers with. */
    public String wire() {
        return wire;
    }

    /** Whether it has POSIX signals, process groups and shells. */
    public boolean posix() {
        return this != WINDOWS;
    }

    /** The system that the Java property {@code os.name} tells; empty for one that the protocol has no name for. */
    public static Optional<OperatingSystem> ofJavaName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("linux")) {
            return Optional.of(LINUX);
        }
        if (lower.startsWith("windows")) {
            return Optional.of(WINDOWS);
        }
        return lower.startsWith("mac") || lower.contains("darwin") ? Optional.of(MACOS) : Optional.empty();
    }
}

package io.flamenco.worker.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** The executable of that name or path, as a shell would find it. */
    public Optional<Path> executable(String name, Map<String, String> environment) {
        if (name.contains("/") || name.contains("\\")) {
            return candidates(Path.of(name)).filter(OperatingSystem::runs).findFirst();
        }
        String separator = posix() ? ":" : ";";
        String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
        return Stream.of(path.split(Pattern.quote(separator)))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> candidates(Path.of(directory).resolve(name)))
                .filter(OperatingSystem::runs)
                .findFirst();
    }

    private static boolean runs(Path file) {
        return Files.isExecutable(file) && !Files.isDirectory(file);
    }

    private Stream<Path> candidates(Path file) {
        return posix() ? Stream.of(file) : Stream.of(file, Path.of(file + ".exe"), Path.of(file + ".bat"));
    }
}

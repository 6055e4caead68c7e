package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.domain.ShellWords;
import io.flamenco.worker.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads settings that are command lines.
 *
 * @param system decides whether a back-slash escapes, and how executables are named
 */
public record CommandLines(OperatingSystem system) {

    /** The words of a command line that must be there and not be empty. */
    public List<String> words(CommandSettings settings, String key) throws InvalidSettings {
        return split(settings.filledText(key), key);
    }

    /** The words of a command line. */
    public List<String> split(String line, String key) throws InvalidSettings {
        try {
            List<String> words = ShellWords.split(line, system.posix());
            if (words.isEmpty()) {
                throw new InvalidSettings("\"" + key + "\" may not be empty");
            }
            return words;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings("\"" + key + "\" cannot be split into words: " + e.getMessage());
        }
    }

    /** The executable of that name or path, as a shell would find it. */
    public Optional<Path> executable(String name, Map<String, String> environment) {
        if (name.contains("/") || name.contains("\\")) {
            return candidates(Path.of(name)).filter(Files::isExecutable).findFirst();
        }
        String separator = system.posix() ? ":" : ";";
        String path = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
        return Stream.of(path.split(Pattern.quote(separator)))
                .filter(directory -> !directory.isEmpty())
                .flatMap(directory -> candidates(Path.of(directory).resolve(name)))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst();
    }

    private Stream<Path> candidates(Path file) {
        return system.posix() ? Stream.of(file) : Stream.of(file, Path.of(file + ".exe"), Path.of(file + ".bat"));
    }
}

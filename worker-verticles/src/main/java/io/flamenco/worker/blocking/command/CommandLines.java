package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.domain.ShellWords;
import io.flamenco.worker.platform.OperatingSystem;
import java.util.List;

/**
 * Reads settings that are command lines.
 *
 * @param system decides whether a back-slash escapes
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
}

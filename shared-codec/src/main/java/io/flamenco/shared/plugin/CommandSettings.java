package io.flamenco.shared.plugin;

import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command's settings, read by type. A whole number is a JSON integer: {@code 3.0} is none. An optional setting that is
 * null counts as absent. The rules are those of the Flamenco 2 Worker.
 *
 * @param values as they stand in the task, variables already replaced
 */
public record CommandSettings(Map<String, @Nullable Object> values) {

    /** A text that must be there, possibly empty. */
    public String text(String key) throws InvalidSettings {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    /** A text that must be there and not be empty. */
    public String filledText(String key) throws InvalidSettings {
        String text = text(key);
        if (text.isEmpty()) {
            throw new InvalidSettings("\"" + key + "\" may not be empty");
        }
        return text;
    }

    /** A text that may be absent. */
    public Optional<String> optionalText(String key) throws InvalidSettings {
        return optional(key, String.class, "a string");
    }

    /** A whole number that must be there. */
    public int integer(String key) throws InvalidSettings {
        return optionalInteger(key).orElseThrow(() -> missing(key));
    }

    /** A whole number that may be absent. */
    public Optional<Integer> optionalInteger(String key) throws InvalidSettings {
        return optional(key, Integer.class, "an integer");
    }

    /** A number, whole or not, that must be there. */
    public double number(String key) throws InvalidSettings {
        return optional(key, Number.class, "a number")
                .orElseThrow(() -> missing(key))
                .doubleValue();
    }

    /** A text that may be absent; an empty one counts as absent. */
    public Optional<String> optionalFilledText(String key) throws InvalidSettings {
        return optionalText(key).filter(text -> !text.isEmpty());
    }

    /** A whole number within bounds that must be there. */
    public int integer(String key, int least, int most) throws InvalidSettings {
        return within(key, integer(key), least, most);
    }

    /** A whole number within bounds; the usual one when absent. */
    public int integer(String key, int usual, int least, int most) throws InvalidSettings {
        return within(key, optionalInteger(key).orElse(usual), least, most);
    }

    private static int within(String key, int value, int least, int most) throws InvalidSettings {
        if (value < least || value > most) {
            throw new InvalidSettings("\"" + key + "\" must be " + least + " to " + most + ", not " + value);
        }
        return value;
    }

    private <T> Optional<T> optional(String key, Class<T> type, String kind) throws InvalidSettings {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new InvalidSettings("\"" + key + "\" must be " + kind);
        }
        return Optional.of(type.cast(value));
    }

    private static InvalidSettings missing(String key) {
        return new InvalidSettings("Missing \"" + key + "\"");
    }
}

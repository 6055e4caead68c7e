package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job's settings, read by type; what does not fit fails the compilation with a sentence that names the setting. */
record JobSettings(Map<String, @Nullable Object> values) {

    String text(String key) throws CompilationFailure {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalText(String key) throws CompilationFailure {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw new CompilationFailure("The setting \"" + key + "\" must be a text.");
    }

    int integer(String key) throws CompilationFailure {
        if (values.get(key) instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw values.get(key) == null
                ? missing(key)
                : new CompilationFailure("The setting \"" + key + "\" must be a whole number.");
    }

    int positive(String key) throws CompilationFailure {
        int number = integer(key);
        if (number < 1) {
            throw new CompilationFailure("The setting \"" + key + "\" must be at least 1, not " + number + ".");
        }
        return number;
    }

    Optional<Number> optionalNumber(String key) throws CompilationFailure {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number);
        }
        throw new CompilationFailure("The setting \"" + key + "\" must be a number.");
    }

    Number number(String key) throws CompilationFailure {
        return optionalNumber(key).orElseThrow(() -> missing(key));
    }

    boolean yes(String key) throws CompilationFailure {
        if (values.get(key) instanceof Boolean yes) {
            return yes;
        }
        throw values.get(key) == null
                ? missing(key)
                : new CompilationFailure("The setting \"" + key + "\" must be true or false.");
    }

    List<String> texts(String key) throws CompilationFailure {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof Iterable<?> items) {
            for (Object item : items) {
                texts.add(text(key, item));
            }
            return texts;
        }
        throw new CompilationFailure("The setting \"" + key + "\" must be a list of texts.");
    }

    FrameRange frames() throws CompilationFailure {
        try {
            return FrameRange.parse(text("frames"));
        } catch (IllegalArgumentException e) {
            throw new CompilationFailure("The setting \"frames\" cannot be used: " + e.getMessage() + ".");
        }
    }

    private static String text(String key, @Nullable Object item) throws CompilationFailure {
        if (item instanceof String text) {
            return text;
        }
        throw new CompilationFailure("The setting \"" + key + "\" must hold nothing but texts.");
    }

    private static CompilationFailure missing(String key) {
        return new CompilationFailure("The setting \"" + key + "\" is missing.");
    }
}

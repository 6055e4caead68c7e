package io.flamenco.server.compile;

import io.flamenco.shared.plugin.SettingDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the settings of a job against what its compiler says of them. Settings that it does not describe are fine. */
final class SettingsCheck {

    private static final int LONGEST_TEXT = 10_000;

    private SettingsCheck() {}

    /**
     * What is wrong, one sentence each.
     *
     * @param mayBeMissing settings that need not be there yet
     */
    static List<String> problems(
            List<SettingDescription> descriptions, Map<String, @Nullable Object> settings, List<String> mayBeMissing) {
        List<String> problems = new ArrayList<>();
        for (SettingDescription description : descriptions) {
            Object value = settings.get(description.name());
            if (value == null) {
                if (description.required() && !mayBeMissing.contains(description.name())) {
                    problems.add("The setting \"" + description.name() + "\" is missing.");
                }
            } else {
                problem(description, value)
                        .ifPresent(p -> problems.add("The setting \"" + description.name() + "\" " + p + "."));
            }
        }
        return problems;
    }

    private static Optional<String> problem(SettingDescription description, Object value) {
        return switch (description.type()) {
            case TEXT, PATH -> text(description, value);
            case FRAMES -> frames(value);
            case INTEGER -> number(description, value, true);
            case NUMBER -> number(description, value, false);
            case BOOLEAN -> value instanceof Boolean ? Optional.empty() : Optional.of("must be true or false");
            case TEXT_LIST -> texts(value);
        };
    }

    private static Optional<String> text(SettingDescription description, Object value) {
        if (!(value instanceof String text)) {
            return Optional.of("must be a text");
        }
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            return Optional.of("must be a text of 1 to " + LONGEST_TEXT + " characters");
        }
        if (!description.choices().isEmpty() && !description.choices().contains(text)) {
            return Optional.of("must be one of " + String.join(", ", description.choices()) + ", not \"" + text + "\"");
        }
        return Optional.empty();
    }

    private static Optional<String> frames(Object value) {
        if (!(value instanceof String text)) {
            return Optional.of("must be a text such as 1-30, 40-44");
        }
        try {
            FrameRange.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("cannot be used: " + e.getMessage());
        }
    }

    private static Optional<String> number(SettingDescription description, Object value, boolean whole) {
        if (!(value instanceof Number number) || (whole && number.doubleValue() != number.longValue())) {
            return Optional.of(whole ? "must be a whole number" : "must be a number");
        }
        Double least = description.minimum();
        Double most = description.maximum();
        if (least != null && number.doubleValue() < least) {
            return Optional.of("must be at least " + shown(least) + ", not " + number);
        }
        if (most != null && number.doubleValue() > most) {
            return Optional.of("must be at most " + shown(most) + ", not " + number);
        }
        return Optional.empty();
    }

    private static Optional<String> texts(Object value) {
        boolean texts = value instanceof Collection<?> list && list.stream().allMatch(String.class::isInstance);
        return texts ? Optional.empty() : Optional.of("must be a list of texts");
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}

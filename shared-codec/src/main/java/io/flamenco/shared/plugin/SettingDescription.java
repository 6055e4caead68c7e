package io.flamenco.shared.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes one setting of a job type or of a Worker command; forms, validation and help texts are made from it.
 *
 * @param name the key in the settings
 * @param type what kind of value it takes
 * @param required whether the job or command cannot do without
 * @param defaultValue what is used when it is absent; null when there is none
 * @param minimum the least number allowed; null when there is no bound
 * @param maximum the greatest number allowed; null when there is no bound
 * @param choices the texts allowed; empty when all are
 * @param label a few words for a form
 * @param help a sentence that says what it does
 */
public record SettingDescription(
        String name,
        Type type,
        boolean required,
        @Nullable Object defaultValue,
        @Nullable Double minimum,
        @Nullable Double maximum,
        List<String> choices,
        String label,
        String help) {

    /** The kinds of value. */
    public enum Type {
        TEXT,
        PATH,
        FRAMES,
        INTEGER,
        NUMBER,
        BOOLEAN,
        TEXT_LIST
    }

    public SettingDescription {
        choices = List.copyOf(choices);
    }

    /** A setting that must be given. */
    public static SettingDescription required(String name, Type type, String help) {
        return new SettingDescription(name, type, true, null, null, null, List.of(), name.replace('_', ' '), help);
    }

    /** A setting that may be left out. */
    public static SettingDescription optional(String name, Type type, String help) {
        return new SettingDescription(name, type, false, null, null, null, List.of(), name.replace('_', ' '), help);
    }

    /** The same setting with a value that is used when it is left out. */
    public SettingDescription or(Object usual) {
        return new SettingDescription(name, type, false, usual, minimum, maximum, choices, label, help);
    }
}

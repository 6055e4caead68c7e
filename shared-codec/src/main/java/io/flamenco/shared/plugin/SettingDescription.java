package io.flamenco.shared.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes one setting of a job type; forms, validation and help texts are made from it.
 *
 * @param name the key in the job's settings
 * @param type what kind of value it takes
 * @param required whether a job cannot do without
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
}

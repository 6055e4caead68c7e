package io.flamenco.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** How long ago something was, in a word. */
final class Ages {

    private static final int DAYS_IN_HOURS = 2;

    private Ages() {}

    /**
     * The age of a moment.
     *
     * @param moment in ISO 8601, as the Server writes it
     */
    static String of(@Nullable String moment, Instant now) {
        if (moment == null) {
            return "";
        }
        try {
            Duration age = Duration.between(Instant.parse(moment), now);
            if (age.toSeconds() < 60) {
                return Math.max(0, age.toSeconds()) + " s";
            }
            if (age.toMinutes() < 60) {
                return age.toMinutes() + " min";
            }
            return age.toDays() < DAYS_IN_HOURS ? age.toHours() + " h" : age.toDays() + " d";
        } catch (DateTimeParseException e) {
            return moment;
        }
    }
}

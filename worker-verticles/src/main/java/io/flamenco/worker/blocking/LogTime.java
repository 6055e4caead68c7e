package io.flamenco.worker.blocking;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** How the Flamenco 2 Worker writes a moment before each log line. */
final class LogTime {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private LogTime() {}

    /** ISO 8601 with microseconds, which are left out when they are zero, and the offset. */
    static String of(Instant moment) {
        int micros = moment.get(ChronoField.MICRO_OF_SECOND);
        String fraction = micros == 0 ? "" : "." + "%06d".formatted(micros);
        return SECONDS.format(moment) + fraction + "+00:00";
    }
}

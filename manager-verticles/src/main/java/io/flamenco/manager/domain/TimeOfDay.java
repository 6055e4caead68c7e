package io.flamenco.manager.domain;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of day to the minute; {@code 24:00} is the end of the day.
 *
 * @param minutes since the start of the day, 0 to 1,440
 */
public record TimeOfDay(int minutes) implements Comparable<TimeOfDay> {

    /** The end of the day. */
    public static final TimeOfDay MIDNIGHT = new TimeOfDay(24 * 60);

    private static final Pattern START = Pattern.compile("(\\d{1,2}):(\\d{1,2}).*");

    public TimeOfDay {
        if (minutes < 0 || minutes > 24 * 60) {
            throw new IllegalArgumentException(minutes + " minutes are no time of day");
        }
    }

    /** The time of that moment; seconds are dropped. */
    public static TimeOfDay of(LocalTime time) {
        return new TimeOfDay(time.getHour() * 60 + time.getMinute());
    }

    /** Parses {@code HH:MM}, leniently as to digits and what follows; empty when it is no time of a day. */
    public static Optional<TimeOfDay> parse(String text) {
        Matcher matcher = START.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int hours = Integer.parseInt(matcher.group(1));
        int minutes = Integer.parseInt(matcher.group(2));
        return minutes > 59 || hours * 60 + minutes > 24 * 60
                ? Optional.empty()
                : Optional.of(new TimeOfDay(hours * 60 + minutes));
    }

    /** The first moment after {@code now} that is this time of a day. */
    public LocalDateTime nextAfter(LocalDateTime now) {
        LocalDateTime today = now.toLocalDate().atStartOfDay().plusMinutes(minutes);
        return today.isAfter(now)
                ? today
                : now.toLocalDate().plusDays(1).atStartOfDay().plusMinutes(minutes);
    }

    @Override
    public int compareTo(TimeOfDay other) {
        return Integer.compare(minutes, other.minutes);
    }

    /** {@code HH:MM}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }
}

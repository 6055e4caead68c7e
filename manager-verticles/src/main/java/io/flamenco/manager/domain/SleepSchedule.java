package io.flamenco.manager.domain;

import io.flamenco.shared.status.WorkerStatus;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a Worker sleeps: from {@code start} until {@code end} on the days listed, awake otherwise.
 *
 * <p>A start after the end means a night: it begins on a listed day and ends on the next one.
 *
 * @param active whether the schedule is followed at all
 * @param daysOfWeek two-letter days in lower case separated by spaces; empty for every day
 * @param start absent for the start of the day
 * @param end absent for the end of the day
 */
public record SleepSchedule(
        boolean active,
        String daysOfWeek,
        @Nullable TimeOfDay start,
        @Nullable TimeOfDay end) {

    private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");

    /** The days as two letters each, separated by one space; each must name a day, in full or shortened. */
    public static Optional<String> normalisedDays(String text) {
        List<String> words = Arrays.stream(text.replace('\u00a0', ' ').strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> word.length() < 2 ? "?" : word.substring(0, 2))
                .toList();
        return DAYS.containsAll(words)
                ? Optional.of(words.stream().distinct().collect(Collectors.joining(" ")))
                : Optional.empty();
    }

    /** What the Worker should be at that moment, in the Manager's time zone; empty when the schedule is not active. */
    public Optional<WorkerStatus> statusAt(LocalDateTime now) {
        if (!active) {
            return Optional.empty();
        }
        return Optional.of(asleepAt(now) ? WorkerStatus.ASLEEP : WorkerStatus.AWAKE);
    }

    /** The next moment at which the answer may change: the nearest of start, end and midnight. */
    public LocalDateTime nextCheck(LocalDateTime now) {
        List<LocalDateTime> boundaries = new ArrayList<>();
        boundaries.add(TimeOfDay.MIDNIGHT.nextAfter(now));
        if (start != null) {
            boundaries.add(start.nextAfter(now));
        }
        if (end != null) {
            boundaries.add(end.nextAfter(now));
        }
        return boundaries.stream().min(LocalDateTime::compareTo).orElseThrow();
    }

    private boolean asleepAt(LocalDateTime now) {
        TimeOfDay time = TimeOfDay.of(now.toLocalTime());
        if (start != null && end != null && start.compareTo(end) > 0) {
            return (listed(now.getDayOfWeek()) && time.compareTo(start) >= 0)
                    || (listed(now.getDayOfWeek().minus(1)) && time.compareTo(end) < 0);
        }
        return listed(now.getDayOfWeek())
                && (start == null || time.compareTo(start) >= 0)
                && (end == null || time.compareTo(end) < 0);
    }

    private boolean listed(DayOfWeek day) {
        return daysOfWeek.isEmpty() || Arrays.asList(daysOfWeek.split(" ")).contains(DAYS.get(day.getValue() - 1));
    }
}

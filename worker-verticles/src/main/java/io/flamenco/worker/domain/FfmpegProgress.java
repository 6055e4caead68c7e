package io.flamenco.worker.domain;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the line tells that FFmpeg overwrites again and again while it works.
 *
 * @param frame how many frames are written; empty when there is only sound
 * @param seconds how much is written, as time in the film; empty before FFmpeg knows
 */
public record FfmpegProgress(OptionalInt frame, OptionalDouble seconds) {

    private static final Pattern STATE = Pattern.compile("(?:frame=|size=|Lsize=).*time=\\s*(\\S+).*");
    private static final Pattern FRAME = Pattern.compile("frame=\\s*(\\d{1,9})\\b.*");
    private static final Pattern DURATION = Pattern.compile("\\s*Duration:\\s*(\\S+?),.*");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,6}):(\\d{2}):(\\d{2}(?:\\.\\d{1,9})?)");

    /** Reads a line; empty when it is none of progress. */
    public static Optional<FfmpegProgress> parse(String line) {
        Matcher state = STATE.matcher(line);
        if (!state.matches()) {
            return Optional.empty();
        }
        Matcher frame = FRAME.matcher(line);
        OptionalInt number = frame.matches() ? OptionalInt.of(Integer.parseInt(frame.group(1))) : OptionalInt.empty();
        return Optional.of(new FfmpegProgress(number, clock(state.group(1))));
    }

    /** How many seconds an input lasts, when the line tells that. */
    public static OptionalDouble duration(String line) {
        Matcher duration = DURATION.matcher(line);
        return duration.matches() ? clock(duration.group(1)) : OptionalDouble.empty();
    }

    private static OptionalDouble clock(String text) {
        Matcher clock = CLOCK.matcher(text);
        return clock.matches()
                ? OptionalDouble.of(Integer.parseInt(clock.group(1)) * 3600.0
                        + Integer.parseInt(clock.group(2)) * 60.0
                        + Double.parseDouble(clock.group(3)))
                : OptionalDouble.empty();
    }
}

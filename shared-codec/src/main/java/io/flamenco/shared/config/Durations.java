package io.flamenco.shared.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as the original Manager's files write them: numbers with units, such as {@code 1h30m}, {@code -1s} or
 * {@code 1.5h}. A bare whole number counts nanoseconds, as it does there.
 */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,18}");
    private static final Pattern ALL = Pattern.compile("[-+]?(?:\\d+(?:\\.\\d*)?(?:ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?)(ns|us|µs|μs|ms|s|m|h)");

    private Durations() {}

    /** The duration; null when the text is none. */
    public static @Nullable Duration parse(String text) {
        String trimmed = text.strip();
        if (WHOLE.matcher(trimmed).matches()) {
            return Duration.ofNanos(Long.parseLong(trimmed));
        }
        if (!ALL.matcher(trimmed).matches()) {
            return null;
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(trimmed);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosPer(part.group(2)))));
        }
        try {
            Duration duration =
                    Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
            return trimmed.startsWith("-") ? duration.negated() : duration;
        } catch (ArithmeticException tooLong) {
            return null;
        }
    }

    /** The duration as the original Manager writes it, such as {@code 10m0s}. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + format(duration.negated());
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return decimal(BigDecimal.valueOf(duration.toNanos(), 6)) + "ms";
        }
        String seconds = decimal(
                BigDecimal.valueOf(duration.toSecondsPart()).add(BigDecimal.valueOf(duration.toNanosPart(), 9)));
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + duration.toMinutesPart() + "m" + seconds + "s";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" + seconds + "s" : seconds + "s";
    }

    private static String decimal(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}

package io.flamenco.shared.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a caller would wait for something to answer, as {@code Prefer: wait=N} says (RFC 7240). */
public final class PreferredWait {

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})");

    private PreferredWait() {}

    /**
     * The wish of a caller.
     *
     * @param prefer the header {@code Prefer}; absent is fine
     * @param longest more than this is cut short
     * @return zero when nothing is said of waiting
     */
    public static Duration of(@Nullable String prefer, Duration longest) {
        Matcher wait = prefer == null ? null : WAIT.matcher(prefer);
        if (wait == null || !wait.find()) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }
}

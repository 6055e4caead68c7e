package io.flamenco.shared.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes and checks the hexadecimal form of MongoDB ObjectIds.
 *
 * <p>A new one is four bytes of seconds since 1970, five random bytes of this process, and a counter of three bytes.
 * Seconds and counter advance together in one atomic number, so that the ids of one process sort in the order in which
 * they were made, even when the wall clock is set back.
 */
public final class ObjectIds {

    private static final int COUNTER_BITS = 24;
    private static final String PROCESS = randomProcessPart();
    private static final AtomicLong LAST = new AtomicLong();

    private ObjectIds() {}

    /** A new identifier. */
    public static String next() {
        long now = (System.currentTimeMillis() / 1000) << COUNTER_BITS;
        long ticket = LAST.updateAndGet(last -> Math.max(last + 1, now));
        HexFormat hex = HexFormat.of();
        String seconds = hex.toHexDigits(ticket >>> COUNTER_BITS, 8);
        String counter = hex.toHexDigits(ticket & ((1L << COUNTER_BITS) - 1), 6);
        return seconds + PROCESS + counter;
    }

    /** The second in which a valid identifier was made, with which it begins. */
    public static Instant madeAt(String id) {
        return Instant.ofEpochSecond(Long.parseLong(id.substring(0, 8), 16));
    }

    /** Whether the text is 24 hexadecimal digits, of either case. */
    public static boolean isValid(String text) {
        return text.length() == 24 && text.chars().allMatch(HexFormat::isHexDigit);
    }

    static String checked(String text, String kind) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    "\"" + shortened(text) + "\" is not the id of a " + kind + ": 24 hexadecimal digits are needed");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static String randomProcessPart() {
        byte[] bytes = new byte[5];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

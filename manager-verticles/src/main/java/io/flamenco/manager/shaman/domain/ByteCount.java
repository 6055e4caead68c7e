package io.flamenco.manager.shaman.domain;

import java.util.List;
import java.util.Locale;

/** Sizes for people. */
public final class ByteCount {

    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
    private static final int STEP = 1024;

    private ByteCount() {}

    /** The size with one decimal and its unit, such as {@code 3.4 MiB}; below 1024 in whole bytes. */
    public static String forPeople(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double size = bytes / (double) STEP;
        int unit = 0;
        while (size > STEP && unit < UNITS.size() - 1) {
            size /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }
}

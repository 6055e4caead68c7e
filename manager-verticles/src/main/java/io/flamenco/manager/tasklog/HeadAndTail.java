package io.flamenco.manager.tasklog;

import java.util.Locale;

/**
 * What a browser is shown of a long log: its beginning, how much is left out, its end (Flamenco 2 protocol).
 *
 * @param size of the whole log in bytes
 */
public record HeadAndTail(long size) {

    /** Logs shorter than this are shown whole, in bytes. */
    public static final int SHOWN_WHOLE_BELOW = 15_360;

    /** How much of the beginning is shown, in bytes. */
    public static final int HEAD = 5_120;

    /** How much of the end is shown, in bytes; the line that is cut at its beginning is left out. */
    public static final int TAIL = 10_240;

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    /** Whether the log is shown whole to a client of that name. Download programs always get all. */
    public boolean shownWhole(String userAgent) {
        return size < SHOWN_WHOLE_BELOW || userAgent.startsWith("Wget/") || userAgent.startsWith("curl/");
    }

    /** Where in the log the end that is shown begins, before its first line break is looked for. */
    public long tailStart() {
        return size - TAIL;
    }

    /** What stands between beginning and end. */
    public String marker() {
        return "...\n\n... Skipped " + readable(size - HEAD - TAIL)
                + ", use WGet or Curl to download the entire log ... \n\n";
    }

    private static String readable(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}

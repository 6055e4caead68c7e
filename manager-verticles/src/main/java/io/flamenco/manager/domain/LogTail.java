package io.flamenco.manager.domain;

import java.util.Arrays;
import java.util.List;

/** The end of a log, which is all that the Server gets with each update. */
public final class LogTail {

    private static final int LINES = 10;

    private LogTail() {}

    /** The last ten lines, each ended by a line break; empty when there is nothing but white space. */
    public static String of(String log) {
        if (log.isEmpty()) {
            return "";
        }
        List<String> lines = Arrays.asList(log.strip().split("\n", -1));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())) + "\n";
    }
}

package io.flamenco.manager.domain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, which is all that the Server gets with each update. */
public final class LogTail {

    private static final int LINES = 10;

    /** Of a line that is longer the beginning is enough, in characters. */
    private static final int LONGEST_LINE = 4096;

    private LogTail() {}

    /** The last ten lines, each ended by a line break; empty when there is nothing but white space. */
    public static String of(String log) {
        if (log.isEmpty()) {
            return "";
        }
        List<String> lines = Arrays.asList(log.strip().split("\n", -1));
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(LogTail::cut)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }
}

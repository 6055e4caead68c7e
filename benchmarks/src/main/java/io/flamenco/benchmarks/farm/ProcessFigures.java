package io.flamenco.benchmarks.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the operating system knows of a process at one moment.
 *
 * @param cpuSeconds processor time that all its threads have used since its start
 * @param residentBytes memory that it occupies
 */
public record ProcessFigures(double cpuSeconds, long residentBytes) {

    /** Linux counts processor time in hundredths of a second for every reader of {@code /proc}. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /** The figures of a living process. */
    public static ProcessFigures of(long pid) {
        Path proc = Path.of("/proc", String.valueOf(pid));
        try {
            return parse(Files.readString(proc.resolve("stat")), Files.readString(proc.resolve("status")));
        } catch (IOException e) {
            throw new UncheckedIOException("The process " + pid + " cannot be looked at; has it ended?", e);
        }
    }

    static ProcessFigures parse(String stat, String status) {
        // The second field is the program's name in parentheses and may itself hold spaces.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        long residentKilobytes = status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
        return new ProcessFigures(ticks / TICKS_PER_SECOND, residentKilobytes * 1024);
    }
}

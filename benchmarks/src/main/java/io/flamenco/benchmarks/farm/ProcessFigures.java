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
    private static final int IDLE_TICKS = 4;
    private static final int WAITING_TICKS = 5;
    private static final int STEAL_TICKS = 8;

    /** The figures of a living process. */
    public static ProcessFigures of(long pid) {
        Path proc = Path.of("/proc", String.valueOf(pid));
        try {
            return parse(Files.readString(proc.resolve("stat")), Files.readString(proc.resolve("status")));
        } catch (IOException e) {
            throw new UncheckedIOException("The process " + pid + " cannot be looked at; has it ended?", e);
        }
    }

    /** Processor time that the whole machine has used since its start, in seconds over all cores. */
    public static double machineCpuSeconds() {
        try {
            return parseMachine(Files.readString(Path.of("/proc/stat")));
        } catch (IOException e) {
            throw new UncheckedIOException("The machine's processor time cannot be read from /proc/stat.", e);
        }
    }

    /** Everything but idling and waiting for disks; time that neighbours of a virtual machine stole counts as busy. */
    static double parseMachine(String stat) {
        String[] fields = stat.substring(0, stat.indexOf('\n')).trim().split(" +");
        long ticks = 0;
        for (int i = 1; i <= STEAL_TICKS; i++) {
            ticks += i == IDLE_TICKS || i == WAITING_TICKS ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
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

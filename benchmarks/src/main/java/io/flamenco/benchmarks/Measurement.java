package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.ManagerUnderTest;
import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.farm.ProcessFigures;
import io.flamenco.benchmarks.load.Tally;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What happened during some seconds.
 *
 * @param label what was measured, for people
 * @param seconds how long it really lasted
 * @param counted the calls
 * @param manager the Manager's share; absent when its process cannot be looked at
 * @param generator this process's share
 * @param machineCpuSeconds processor time of the whole machine, so that a disturbed measurement shows as one
 */
record Measurement(
        String label,
        double seconds,
        Tally.Snapshot counted,
        Optional<ProcessFigures> manager,
        ProcessFigures generator,
        double machineCpuSeconds) {

    private static final double BYTES_PER_MEBIBYTE = 1 << 20;

    /** Counts for that long. */
    static Measurement take(String label, Duration duration, Tally tally, ManagerUnderTest manager) {
        Begun begun = begin(label, tally, manager);
        Pause.of(duration);
        return begun.end();
    }

    /** Counts from now on. */
    static Begun begin(String label, Tally tally, ManagerUnderTest manager) {
        tally.reset();
        ProcessFigures self = ProcessFigures.of(ProcessHandle.current().pid());
        return new Begun(
                label, tally, manager, manager.figures(), self, ProcessFigures.machineCpuSeconds(), System.nanoTime());
    }

    /** A measurement under way. */
    record Begun(
            String label,
            Tally tally,
            ManagerUnderTest manager,
            Optional<ProcessFigures> managerBefore,
            ProcessFigures selfBefore,
            double machineBefore,
            long beginNanos) {

        /** Counts no further. */
        Measurement end() {
            Tally.Snapshot counted = tally.reset();
            double seconds = (System.nanoTime() - beginNanos) / 1e9;
            ProcessFigures self = ProcessFigures.of(ProcessHandle.current().pid());
            Optional<ProcessFigures> managerShare =
                    manager.figures().flatMap(after -> managerBefore.map(before -> share(before, after)));
            double machine = ProcessFigures.machineCpuSeconds() - machineBefore;
            return new Measurement(label, seconds, counted, managerShare, share(selfBefore, self), machine);
        }
    }

    /** Calls of that kind per second. */
    double rate(String call) {
        return counted.count(call) / seconds;
    }

    /** The measurement as lines of text; processor time is divided by the number of calls of that kind. */
    String report(String mainCall) {
        StringBuilder text = new StringBuilder();
        counted.latencies()
                .keySet()
                .forEach(call -> text.append(line(
                        "%-24s %-14s %9.0f/s  p50 %8.2f  p95 %8.2f  p99 %8.2f  max %8.2f ms",
                        label,
                        call,
                        rate(call),
                        counted.milliseconds(call, 50),
                        counted.milliseconds(call, 95),
                        counted.milliseconds(call, 99),
                        counted.milliseconds(call, 100))));
        manager.ifPresent(figures -> text.append(process("manager", figures, mainCall)));
        text.append(process("generator", generator, mainCall));
        manager.ifPresent(figures -> text.append(others(figures)));
        counted.oddities().forEach((what, times) -> text.append(line("%-24s ! %d times %s", label, times, what)));
        return text.toString();
    }

    /** What neither the Manager nor the generator used; it should be next to nothing. */
    private String others(ProcessFigures figures) {
        double others = machineCpuSeconds - figures.cpuSeconds() - generator.cpuSeconds();
        return line("%-24s cpu %-10s %.2f cores", label, "others", Math.max(0, others) / seconds);
    }

    private String process(String name, ProcessFigures figures, String mainCall) {
        long calls = Math.max(1, counted.count(mainCall));
        return line(
                "%-24s cpu %-10s %6.1f µs per %s, %.2f cores, resident %.0f MiB",
                label,
                name,
                figures.cpuSeconds() * 1e6 / calls,
                mainCall,
                figures.cpuSeconds() / seconds,
                figures.residentBytes() / BYTES_PER_MEBIBYTE);
    }

    private static ProcessFigures share(ProcessFigures before, ProcessFigures after) {
        return new ProcessFigures(after.cpuSeconds() - before.cpuSeconds(), after.residentBytes());
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + System.lineSeparator();
    }
}

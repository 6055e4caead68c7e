package io.flamenco.worker.domain;

import java.util.Map;
import java.util.OptionalInt;

/** Names of the signals that end processes, by the numbers that Linux and macOS have in common. */
public final class SignalName {

    /** A shell, and the JVM, report a process that was ended by signal n as one that exited with 128 + n. */
    private static final int SIGNALLED = 128;

    private static final int HIGHEST_SIGNAL = 64;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"));

    private SignalName() {}

    /** The signal that an exit status tells of; empty when the process ended by itself. */
    public static OptionalInt signal(int exitStatus) {
        int signal = exitStatus - SIGNALLED;
        return signal > 0 && signal <= HIGHEST_SIGNAL ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /** The name of the signal. */
    public static String of(int signal) {
        return NAMES.getOrDefault(signal, "-unknown signal " + signal + "-");
    }
}

package io.flamenco.cli.process;

/** How a process ends. A signal ends it with 128 and the signal's number: 130 for SIGINT, 143 for SIGTERM. */
public final class ExitCode {

    /** All went well. */
    public static final int DONE = 0;

    /** It could not start, or broke off; the last line on the standard error stream says why. */
    public static final int FAILED = 1;

    /** The command line or a configuration file is wrong. */
    public static final int USAGE = 2;

    /** The job that was waited for ended otherwise than completed. */
    public static final int JOB_NOT_COMPLETED = 3;

    /** The job that was waited for did not end in time. */
    public static final int TOO_LATE = 4;

    private ExitCode() {}
}

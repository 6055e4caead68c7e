package io.flamenco.cli.process;

/** A command that could not do what it was asked for; the message is a sentence for the person who asked. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param sentence what happened, to which thing, what to do
     */
    public CommandFailure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** A failure of the usual kind. */
    public static CommandFailure of(String sentence) {
        return new CommandFailure(ExitCode.FAILED, sentence);
    }

    /** The exit code of the process, one of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

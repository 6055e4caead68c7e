package io.flamenco.cli;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.ExitCode;
import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.kernel.StartFailure;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in a sentence on the standard error stream, and chooses the exit code. */
final class Failures {

    /** Some sentences quote what somebody gave, which may be anything. */
    private static final int LONGEST = 2_000;

    private Failures() {}

    /** Says why the command line could not be understood. */
    static int onParameters(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched && isWrongCommand(command, unmatched)) {
            say(
                    command,
                    "There is no command \"" + unmatched.getUnmatched().getFirst() + "\"; "
                            + command.getCommandSpec().qualifiedName() + " knows "
                            + String.join(", ", command.getSubcommands().keySet()) + ".");
            return ExitCode.USAGE;
        }
        say(command, String.valueOf(failure.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            command.getErr().println("Try " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }

    private static boolean isWrongCommand(CommandLine command, UnmatchedArgumentException failure) {
        return !command.getSubcommands().isEmpty()
                && !failure.getUnmatched().getFirst().startsWith("-");
    }

    /** Says why a command failed. */
    static int onExecution(Exception failure, CommandLine command, CommandLine.ParseResult result) {
        return switch (failure) {
            case ConfigurationException wrong -> configuration(command, wrong);
            case CommandFailure known -> say(command, known.getMessage(), known.exitCode());
            case StartFailure known -> say(command, String.valueOf(known.getMessage()), ExitCode.FAILED);
            case HttpFailure known -> say(command, known.getMessage(), ExitCode.FAILED);
            default -> unforeseen(command, failure);
        };
    }

    private static int configuration(CommandLine command, ConfigurationException wrong) {
        wrong.problems().forEach(problem -> say(command, wrong.source() + ": " + problem));
        return ExitCode.USAGE;
    }

    private static int unforeseen(CommandLine command, Exception failure) {
        LoggerFactory.getLogger(Failures.class).debug("An unforeseen failure ended the process.", failure);
        return say(
                command,
                "An unforeseen error ended this: " + failure + "; start with --debug to see where it comes from.",
                ExitCode.FAILED);
    }

    private static int say(CommandLine command, String sentence, int exitCode) {
        say(command, sentence);
        return exitCode;
    }

    private static void say(CommandLine command, String sentence) {
        String told = sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…";
        command.getErr().println("flamenco: " + told);
    }
}

package io.flamenco.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ScopeType;

/** The command line of the load generator. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        description = "Measures a Manager as docs/performance.md describes it.",
        subcommands = {
            CyclesRow.class,
            CallRow.class,
            StalledServerRow.class,
            ViewersRow.class,
            PickUpRow.class,
            IdleRow.class,
            DownloadRow.class,
            DiskRow.class,
            ServerRow.class,
            ShamanRow.class,
            MicroRow.class
        })
public final class Benchmarks {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Benchmarks() {}

    /** Runs a row; exits with 0 when it could be measured, 1 when not, 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        IExecutionExceptionHandler sentence = (failure, commandLine, parsed) -> {
            commandLine.getErr().println(failure.getMessage());
            return 1;
        };
        return new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(sentence);
    }

    /** Results go to the standard output, so that they can be kept as they are. */
    static void print(String text) {
        OUT.print(text);
    }

    /** What the command line parser has filled in by the time a row runs. */
    static <T> T given(@Nullable T parsed) {
        if (parsed == null) {
            throw new IllegalStateException("The command line was not parsed.");
        }
        return parsed;
    }
}

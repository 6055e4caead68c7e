package io.flamenco.cli;

import io.flamenco.cli.process.ConsoleLog;
import io.flamenco.cli.remote.JobsCommand;
import io.flamenco.cli.remote.ManagersCommand;
import io.flamenco.cli.remote.SubmitCommand;
import io.flamenco.cli.remote.TasksCommand;
import io.flamenco.cli.remote.WorkersCommand;
import java.io.InputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line, from which every role and tool is started. */
@Command(
        name = "flamenco",
        description = "A render farm: Server, Manager and Workers.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            AllCommand.class,
            ServerCommand.class,
            ManagerCommand.class,
            WorkerCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:could not start, or broke off; the last line says why",
            "2:the command line or a configuration file is wrong",
            "3:the job that was waited for did not complete",
            "4:the job that was waited for did not end in time",
            "130:stopped by SIGINT, in good order",
            "143:stopped by SIGTERM, in good order"
        })
public final class Flamenco implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs the command that the arguments name, and ends the process. */
    public static void main(String[] arguments) {
        ConsoleLog.apply("TEXT", "INFO", "WARN");
        System.exit(commandLine().execute(arguments));
    }

    /** All commands, ready to be executed at this terminal. */
    static CommandLine commandLine() {
        return commandLine(System.in);
    }

    /**
     * All commands, ready to be executed.
     *
     * @param answers what the person at the terminal types when asked
     */
    static CommandLine commandLine(InputStream answers) {
        CommandLine all = new CommandLine(new Flamenco(), new Commands(new Consent(answers)))
                .addSubcommand("submit", SubmitCommand.spec())
                .addSubcommand("jobs", JobsCommand.spec())
                .addSubcommand("tasks", TasksCommand.spec())
                .addSubcommand("managers", ManagersCommand.spec())
                .addSubcommand("workers", WorkersCommand.spec());
        all.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        return all.setParameterExceptionHandler(Failures::onParameters)
                .setExecutionExceptionHandler(Failures::onExecution)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(int.class, Flamenco::wholeNumber)
                .registerConverter(Integer.class, Flamenco::wholeNumber)
                .setHelpFactory(WholeWords::new)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(32);
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no whole number of a usual size");
        }
    }

    /** Makes the commands; those that ask people are given a way to do so. */
    private record Commands(Consent consent) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == ManagerCommand.class
                    ? type.cast(new ManagerCommand(consent))
                    : CommandLine.defaultFactory().create(type);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command, such as demo.");
    }
}

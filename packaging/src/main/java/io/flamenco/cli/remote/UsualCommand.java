package io.flamenco.cli.remote;

import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets {@code flamenco jobs} and its like mean {@code flamenco jobs list}, also with the options of that. */
final class UsualCommand implements IParameterPreprocessor {

    private static final String LIST = "list";

    @Override
    @SuppressWarnings("JdkObsolete") // picocli wants it
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, @Nullable ArgSpec none, Map<String, Object> info) {
        int next = arguments.size() - 1;
        while (next >= 0) {
            String argument = arguments.get(next);
            OptionSpec option = command.findOption(argument.replaceFirst("=.*", ""));
            if (!argument.startsWith("-")) {
                return false;
            }
            if (option == null) {
                break;
            }
            if (option.usageHelp() || option.versionHelp()) {
                return false;
            }
            boolean valueFollows = option.arity().min() > 0 && !argument.contains("=");
            next -= valueFollows ? 2 : 1;
        }
        if (next >= -1) {
            arguments.add(next + 1, LIST);
        }
        return false;
    }
}

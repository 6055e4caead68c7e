package io.flamenco.cli;

import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lets long options be written with one dash too, such as {@code -cleanslate}, as the original Manager does. Options of one
 * letter stay what they are, but their value must stand apart.
 */
final class SingleDash implements IParameterPreprocessor {

    private static final Pattern LONG_WITH_ONE_DASH = Pattern.compile("-[a-z][a-z-]+(=.*)?");

    @Override
    @SuppressWarnings("JdkObsolete") // the stack is picocli's
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, @Nullable ArgSpec option, Map<String, Object> context) {
        arguments.replaceAll(argument -> LONG_WITH_ONE_DASH.matcher(argument).matches() ? "-" + argument : argument);
        return false;
    }
}

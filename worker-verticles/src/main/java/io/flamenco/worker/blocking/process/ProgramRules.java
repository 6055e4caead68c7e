package io.flamenco.worker.blocking.process;

import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.worker.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which programs a Worker runs for its tasks.
 *
 * @param allowed names or paths of all that it runs; empty for any
 * @param user as whom; empty for the Worker's own
 * @param system says how a name is found
 */
public record ProgramRules(List<String> allowed, Optional<ProgramUser> user, OperatingSystem system) {

    public ProgramRules {
        allowed = List.copyOf(allowed);
    }

    /** Any program, as the Worker's user. */
    public static ProgramRules none(OperatingSystem system) {
        return new ProgramRules(List.of(), Optional.empty(), system);
    }

    /**
     * What is started instead of that command line: where only some programs are allowed, the very file that the settings name,
     * so that nothing is gained by another name for it, by a link that is changed meanwhile, or by a way that depends on where
     * one stands. Links are followed on both sides.
     *
     * @throws CommandFailure when the program is none of those that are allowed
     */
    List<String> allowed(List<String> arguments, Map<String, String> environment) throws CommandFailure {
        String program = arguments.getFirst();
        if (allowed.isEmpty()) {
            return arguments;
        }
        Optional<Path> wanted = file(program, environment);
        Path own = allowed.stream()
                .filter(entry -> wanted.isPresent() && file(entry, environment).equals(wanted))
                .flatMap(entry -> system.executable(entry, environment).stream())
                .findFirst()
                .orElseThrow(() -> new CommandFailure("This Worker does not run " + program
                        + ": it is not among allowed_programs in its settings (" + String.join(", ", allowed) + ")"));
        List<String> started = new ArrayList<>(arguments);
        started.set(0, own.toAbsolutePath().toString());
        return started;
    }

    private Optional<Path> file(String program, Map<String, String> environment) {
        return system.executable(program, environment).map(ProgramRules::real);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException gone) {
            return file.toAbsolutePath();
        }
    }

    /** The command line that runs a program as the user that is asked for. */
    List<String> command(List<String> arguments) {
        return user.map(known -> known.command(arguments)).orElse(arguments);
    }

    /** The variables that a program sees. */
    Map<String, String> environment(Map<String, String> variables) {
        return user.map(known -> known.environment(variables)).orElse(variables);
    }

    /** Lets programs write what the Worker made. */
    public void handOver(Path made) throws IOException {
        if (user.isPresent()) {
            user.get().own(made);
        }
    }
}

package io.flamenco.worker.blocking;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.plugin.PluginJars;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommandProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands that a Worker knows: those it is born with and those that jars in the plug-in directory bring. */
public final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final Map<String, WorkerCommand> byName;

    private Commands(Map<String, WorkerCommand> byName) {
        this.byName = byName;
    }

    /** These commands; when two have the same name, the later one counts. */
    public static Commands of(Collection<WorkerCommand> commands) {
        Map<String, WorkerCommand> byName = new TreeMap<>();
        for (WorkerCommand command : commands) {
            if (byName.put(command.name(), command) != null) {
                LOG.warn("A plug-in replaces a command. command={} by={}", command.name(), command.getClass());
            }
        }
        return new Commands(byName);
    }

    /**
     * The commands on the class path and in the jars of a directory.
     *
     * @param plugins may be absent
     * @throws StartFailure when a plug-in cannot be loaded
     */
    public static Commands load(Path plugins) {
        try {
            return of(ServiceLoader.load(WorkerCommandProvider.class, PluginJars.in(plugins)).stream()
                    .flatMap(provider -> provider.get().commands().stream())
                    .toList());
        } catch (ServiceConfigurationError | LinkageError | IOException e) {
            throw new StartFailure("A plug-in in " + plugins.toAbsolutePath() + " cannot be loaded (" + e.getMessage()
                    + "). Replace its jar, or move it away.");
        }
    }

    /** These commands, of which one is refused; the setting is named as the reason. */
    public Commands without(String name, String setting) {
        return of(all().stream()
                .map(command -> command.name().equals(name) ? new SwitchedOff(command, setting) : command)
                .toList());
    }

    /** The command of that name. */
    public Optional<WorkerCommand> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all commands. */
    Collection<String> names() {
        return byName.keySet();
    }

    /** All commands, by name. */
    public Collection<WorkerCommand> all() {
        return byName.values();
    }
}

package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommandProvider;
import io.flamenco.worker.platform.OperatingSystem;
import java.time.ZoneId;
import java.util.List;

/** The commands of this package. */
public final class BuiltInCommands implements WorkerCommandProvider {

    private final OperatingSystem system;
    private final ZoneId zone;

    /** As this machine needs them. */
    public BuiltInCommands() {
        this(
                OperatingSystem.ofJavaName(System.getProperty("os.name", "")).orElse(OperatingSystem.LINUX),
                ZoneId.systemDefault());
    }

    /** As another machine would need them. */
    public BuiltInCommands(OperatingSystem system, ZoneId zone) {
        this.system = system;
        this.zone = zone;
    }

    @Override
    public List<WorkerCommand> commands() {
        return List.of(
                new EchoCommand(),
                new SleepCommand(),
                new LogALotCommand(),
                new ExecCommand(new CommandLines(system)),
                new CreatePythonFileCommand(),
                new CopyFileCommand(),
                new MoveOutOfWayCommand(zone),
                new MoveToFinalCommand(zone),
                new MoveWithCounterCommand(),
                new RemoveCommand(false),
                new RemoveCommand(true),
                new TestPatternCommand());
    }
}

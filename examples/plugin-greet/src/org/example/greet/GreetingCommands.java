package org.example.greet;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommandProvider;
import java.util.List;

/** Brings the command {@code greet} to a Worker. */
public final class GreetingCommands implements WorkerCommandProvider {

    @Override
    public List<WorkerCommand> commands() {
        return List.of(new GreetCommand());
    }
}

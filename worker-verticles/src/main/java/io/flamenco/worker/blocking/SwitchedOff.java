package io.flamenco.worker.blocking;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.util.List;

/**
 * A command that the Worker knows and refuses.
 *
 * @param command what it would be
 * @param setting the setting that says so
 */
record SwitchedOff(WorkerCommand command, String setting) implements WorkerCommand {

    @Override
    public String name() {
        return command.name();
    }

    @Override
    public String description() {
        return command.description();
    }

    @Override
    public List<SettingDescription> settings() {
        return command.settings();
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        throw new InvalidSettings("this Worker does not run the command " + name() + ", its setting " + setting
                + " says so; run the task on another Worker");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure {
        throw new CommandFailure("the command " + name() + " is switched off");
    }
}

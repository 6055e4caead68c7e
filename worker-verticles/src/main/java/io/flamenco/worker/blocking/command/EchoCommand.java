package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.util.List;

/** Puts a message in the log. */
final class EchoCommand implements WorkerCommand {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "Puts a message in the task's log.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required("message", SettingDescription.Type.TEXT, "What to log, word for word."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.text("message");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure {
        context.log(Checked.read(() -> settings.text("message")));
    }
}

package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.util.List;

/** Runs any program. */
record ExecCommand(CommandLines lines) implements WorkerCommand {

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public String description() {
        return "Runs a program; its output goes to the task's log.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(SettingDescription.required(
                "cmd",
                SettingDescription.Type.TEXT,
                "The command line, split into words as a POSIX shell does; no shell runs it."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        lines.words(settings, "cmd");
        context.checkNoProgramRuns();
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        context.runProgram(Checked.read(() -> lines.words(settings, "cmd")), LineHandler.logging());
    }
}

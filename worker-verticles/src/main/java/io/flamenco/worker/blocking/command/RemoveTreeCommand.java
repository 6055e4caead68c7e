package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Deletes a directory with all that is in it. */
final class RemoveTreeCommand implements WorkerCommand {

    @Override
    public String name() {
        return "remove_tree";
    }

    @Override
    public String description() {
        return "Deletes a directory with all that is in it, or a file. Nothing happens when there is none.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(SettingDescription.required("path", SettingDescription.Type.PATH, "What to delete."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.filledText("path");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, IOException {
        Path path = Path.of(Checked.read(() -> settings.filledText("path")));
        if (!FarmFiles.exists(path)) {
            context.log(name() + ": Path " + path + " does not exist, so not removing");
            return;
        }
        context.log("Removing tree " + path);
        FarmFiles.deleteTree(path);
    }
}

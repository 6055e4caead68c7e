package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Deletes what is at a path. Nothing there is fine, so that a task can be run again.
 *
 * @param trees whether a directory is deleted with all that is in it, or refused
 */
record RemoveCommand(boolean trees) implements WorkerCommand {

    @Override
    public String name() {
        return trees ? "remove_tree" : "remove_file";
    }

    @Override
    public String description() {
        return trees
                ? "Deletes a directory with all that is in it, or a file. Nothing happens when there is none."
                : "Deletes a file. Nothing happens when there is none; a directory is an error.";
    }

    @Override
    public List<SettingDescription> settings() {
        String help = trees ? "What to delete." : "The file to delete.";
        return List.of(SettingDescription.required("path", SettingDescription.Type.PATH, help));
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
        if (!trees && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(
                    "Path " + path + " is a directory. Cannot remove with this command; use remove_tree.");
        }
        context.log((trees ? "Removing tree " : "Removing file ") + path);
        FarmFiles.deleteTree(path);
    }
}

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

/** Deletes one file. */
final class RemoveFileCommand implements WorkerCommand {

    @Override
    public String name() {
        return "remove_file";
    }

    @Override
    public String description() {
        return "Deletes a file. Nothing happens when there is none; a directory is an error.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(SettingDescription.required("path", SettingDescription.Type.PATH, "The file to delete."));
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
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure(
                    "Path " + path + " is a directory. Cannot remove with this command; use remove_tree.");
        }
        context.log("Removing file " + path);
        Files.delete(path);
    }
}

package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/**
 * Moves finished work to its place; what was there before gets another name.
 *
 * @param zone of the times in the new names
 */
record MoveToFinalCommand(ZoneId zone) implements WorkerCommand {

    @Override
    public String name() {
        return "move_to_final";
    }

    @Override
    public String description() {
        return "Moves finished work to its place; what was there before is renamed with the time of its last change."
                + " Nothing happens when there is no work.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required("src", SettingDescription.Type.PATH, "What to move."),
                SettingDescription.required(
                        "dest", SettingDescription.Type.PATH, "Where to; the directory above must exist."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.filledText("src");
        settings.filledText("dest");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, IOException {
        Path from = Path.of(Checked.read(() -> settings.filledText("src")));
        Path to = Path.of(Checked.read(() -> settings.filledText("dest")));
        if (!FarmFiles.exists(from)) {
            context.log(name() + ": Path " + from + " does not exist, not moving it anywhere");
            return;
        }
        if (FarmFiles.exists(to)) {
            Path backup = FarmFiles.timestamped(to, zone);
            context.log(name() + ": Destination " + to + " exists, moving it to " + backup);
            FarmFiles.move(to, backup);
        }
        context.log(name() + ": Moving " + from + " to " + to);
        FarmFiles.move(from, to);
    }
}

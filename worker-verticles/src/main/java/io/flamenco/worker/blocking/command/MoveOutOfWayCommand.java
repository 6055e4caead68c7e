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
 * Gives what is at a path another name.
 *
 * @param zone of the times in the new names
 */
record MoveOutOfWayCommand(ZoneId zone) implements WorkerCommand {

    @Override
    public String name() {
        return "move_out_of_way";
    }

    @Override
    public String description() {
        return "Renames a file or directory, so that its place is free; its new name tells when it was last changed."
                + " Nothing happens when there is none.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(SettingDescription.required("src", SettingDescription.Type.PATH, "What to rename."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.filledText("src");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, IOException {
        Path from = Path.of(Checked.read(() -> settings.filledText("src")));
        if (!FarmFiles.exists(from)) {
            context.log(name() + ": Render output path " + from + " does not exist, not moving out of way");
            return;
        }
        Path to = FarmFiles.timestamped(from, zone);
        context.log(name() + ": Moving " + from + " to " + to);
        FarmFiles.move(from, to);
    }
}

package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a Python file, such as one that overrides settings of a scene. */
final class CreatePythonFileCommand implements WorkerCommand {

    @Override
    public String name() {
        return "create_python_file";
    }

    @Override
    public String description() {
        return "Writes a Python file, such as the overrides that Blender runs before it renders.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required(
                        "filepath",
                        SettingDescription.Type.PATH,
                        "The file, whose name ends in .py; an existing one is overwritten."),
                SettingDescription.required("contents", SettingDescription.Type.TEXT, "What to write; may be empty."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        if (!settings.filledText("filepath").endsWith(".py")) {
            throw new InvalidSettings("\"filepath\" must end in .py");
        }
        settings.text("contents");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, IOException {
        Path file = Path.of(Checked.read(() -> settings.filledText("filepath")));
        String contents = Checked.read(() -> settings.text("contents"));
        FarmFiles.makeParent(file, name(), context);
        context.log((Files.exists(file) ? "Overwriting " : "Creating ") + file + " with contents:\n" + contents);
        Files.writeString(file, contents);
    }
}

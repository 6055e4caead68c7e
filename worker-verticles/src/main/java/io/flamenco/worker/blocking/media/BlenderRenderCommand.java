package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Renders frames. */
record BlenderRenderCommand(Blender blender) implements WorkerCommand {

    @Override
    public String name() {
        return "blender_render";
    }

    @Override
    public String description() {
        return "Renders frames of a blend file. A file beside it whose name ends in -overrides.py is run first.";
    }

    @Override
    public List<SettingDescription> settings() {
        return Stream.concat(Stream.of(Blender.COMMAND, Blender.FILE), RenderSettings.DESCRIPTIONS.stream())
                .toList();
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        RenderSettings render = RenderSettings.read(settings);
        blender.check(settings, context);
        render.makeOutputDirectory(context);
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        RenderSettings render = Checked.read(() -> RenderSettings.read(settings));
        List<String> arguments = new ArrayList<>(Checked.read(() -> blender.onFile(settings, context)));
        arguments.addAll(blender.overrides(settings, context));
        arguments.addAll(render.arguments());
        Blender.run(arguments, context, render.frameNumbers());
    }
}

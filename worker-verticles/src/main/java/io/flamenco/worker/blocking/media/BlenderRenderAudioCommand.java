package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mixes the sound of a blend file down to a FLAC file. */
record BlenderRenderAudioCommand(Blender blender) implements WorkerCommand {

    private static final String FAILED = "47";

    @Override
    public String name() {
        return "blender_render_audio";
    }

    @Override
    public String description() {
        return "Mixes the sound of a blend file down to a FLAC file.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Blender.COMMAND,
                Blender.FILE,
                SettingDescription.required("render_output", SettingDescription.Type.PATH, "The file to write."),
                SettingDescription.optional(
                        "frame_start", SettingDescription.Type.INTEGER, "The first frame; the scene's when absent."),
                SettingDescription.optional(
                        "frame_end", SettingDescription.Type.INTEGER, "The last frame; the scene's when absent."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        settings.filledText("render_output");
        settings.optionalInteger("frame_start");
        settings.optionalInteger("frame_end");
        RenderSettings render = RenderSettings.read(settings);
        blender.check(settings, context);
        render.makeOutputDirectory(context);
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(Checked.read(() -> blender.onFile(settings, context)));
        arguments.addAll(List.of("--python-exit-code", FAILED, "--python-expr", Checked.read(() -> script(settings))));
        Blender.run(arguments, context, List.of());
    }

    private static String script(CommandSettings settings) throws InvalidSettings {
        List<String> lines = new ArrayList<>();
        lines.add("import bpy");
        Optional<Integer> start = settings.optionalInteger("frame_start");
        Optional<Integer> end = settings.optionalInteger("frame_end");
        start.ifPresent(frame -> lines.add("bpy.context.scene.frame_start = " + frame));
        end.ifPresent(frame -> lines.add("bpy.context.scene.frame_end = " + frame));
        lines.add("bpy.ops.sound.mixdown(filepath=" + PythonText.literal(settings.filledText("render_output"))
                + ", codec='FLAC', container='FLAC', accuracy=128)");
        lines.add("bpy.ops.wm.quit_blender()");
        return String.join("\n", lines);
    }
}

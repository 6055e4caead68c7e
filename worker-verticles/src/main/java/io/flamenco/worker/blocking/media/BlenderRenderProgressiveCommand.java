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

/**
 * Renders some of the samples of frames. Blender 2.8 and 2.9 are told by options of Cycles, as by the original; Blender 3.0 and
 * later, which ignore those, by an expression that sets the scene's range of samples.
 */
record BlenderRenderProgressiveCommand(Blender blender) implements WorkerCommand {

    private static final int MOST_SAMPLES = 1 << 24;

    /** Which samples, counted from 1, both ends included. */
    private record Samples(int all, int first, int last) {

        static Samples read(CommandSettings settings) throws InvalidSettings {
            if (settings.values().containsKey("cycles_chunk")) {
                throw new InvalidSettings(
                        "\"cycles_chunk\" is of an older job type; compile the job anew to have it rendered");
            }
            int all = settings.integer("cycles_num_chunks", 1, MOST_SAMPLES);
            int first = settings.integer("cycles_chunk_start", 1, MOST_SAMPLES);
            int last = settings.integer("cycles_chunk_end", 1, MOST_SAMPLES);
            return new Samples(all, first, last);
        }

        String expression() {
            return """
                    import bpy
                    if bpy.app.version >= (3, 0, 0):
                        for scene in bpy.data.scenes:
                            scene.cycles.samples = %d
                            scene.cycles.sample_offset = %d
                            scene.cycles.use_adaptive_sampling = False
                            scene.cycles.use_denoising = False
                    """.formatted(last - first + 1, first - 1);
        }

        List<String> options() {
            return List.of(
                    "--",
                    "--cycles-resumable-num-chunks",
                    Integer.toString(all),
                    "--cycles-resumable-start-chunk",
                    Integer.toString(first),
                    "--cycles-resumable-end-chunk",
                    Integer.toString(last));
        }
    }

    @Override
    public String name() {
        return "blender_render_progressive";
    }

    @Override
    public String description() {
        return "Renders a range of the Cycles samples of frames, to be merged with other ranges.";
    }

    @Override
    public List<SettingDescription> settings() {
        return Descriptions.of(
                Stream.concat(Stream.of(Blender.COMMAND, Blender.FILE), RenderSettings.DESCRIPTIONS.stream())
                        .toList(),
                SettingDescription.required(
                        "cycles_num_chunks", SettingDescription.Type.INTEGER, "How many samples the whole render has."),
                SettingDescription.required(
                        "cycles_chunk_start", SettingDescription.Type.INTEGER, "The first sample to render, from 1."),
                SettingDescription.required(
                        "cycles_chunk_end", SettingDescription.Type.INTEGER, "The last sample to render."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        RenderSettings render = RenderSettings.read(settings);
        Samples.read(settings);
        blender.check(settings, context);
        render.makeOutputDirectory(context);
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        RenderSettings render = Checked.read(() -> RenderSettings.read(settings));
        Samples samples = Checked.read(() -> Samples.read(settings));
        List<String> arguments = new ArrayList<>(Checked.read(() -> blender.onFile(settings, context)));
        arguments.addAll(blender.overrides(settings, context));
        arguments.addAll(List.of("--python-expr", samples.expression()));
        arguments.addAll(render.arguments());
        arguments.addAll(samples.options());
        Blender.run(arguments, context, render.frameNumbers());
    }
}

package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import io.flamenco.worker.blocking.command.FarmFiles;
import io.flamenco.worker.domain.FrameRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Merges two renders of several frames that have different samples. Existing files are overwritten. */
record MergeProgressiveRenderSequenceCommand(Blender blender) implements WorkerCommand {

    @Override
    public String name() {
        return "merge_progressive_render_sequence";
    }

    @Override
    public String description() {
        return "Merges two EXR renders of several frames that have different samples, weighed by their numbers.";
    }

    @Override
    public List<SettingDescription> settings() {
        return Descriptions.of(
                MergeOrder.DESCRIPTIONS,
                SettingDescription.required("frame_start", SettingDescription.Type.INTEGER, "The first frame."),
                SettingDescription.required("frame_end", SettingDescription.Type.INTEGER, "The last frame."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        MergeOrder order = MergeOrder.read(settings);
        if (!order.output().contains("##")) {
            throw new InvalidSettings("\"output\" needs at least ## for the number of the frame");
        }
        if (settings.integer("frame_end") < settings.integer("frame_start")) {
            throw new InvalidSettings("\"frame_end\" may not be before \"frame_start\"");
        }
        blender.program(settings, context);
        context.checkNoProgramRuns();
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        MergeOrder order = Checked.read(() -> MergeOrder.read(settings));
        int first = Checked.read(() -> settings.integer("frame_start"));
        int last = Checked.read(() -> settings.integer("frame_end"));
        Path output = Path.of(order.output()).toAbsolutePath();
        FarmFiles.makeParent(output, name(), context);
        context.activity("Starting Blender to merge EXR sequence");
        MergeProgressiveRendersCommand.run(
                blender, order.json(output).put("frame_start", first).put("frame_end", last), settings, context);
        for (int frame = first; frame <= last; frame++) {
            Path file = merged(output, frame);
            if (!Files.exists(file)) {
                throw new CommandFailure("Blender ended well but did not write " + file);
            }
            context.outputProduced(file);
        }
    }

    private static Path merged(Path output, int frame) {
        String path = FrameRange.path(output.toString(), frame);
        return Path.of(path.endsWith(".exr") ? path : path + ".exr");
    }
}

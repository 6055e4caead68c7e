package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.command.Checked;
import io.flamenco.worker.blocking.command.FarmFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Merges two renders of a frame that have different samples. */
record MergeProgressiveRendersCommand(Blender blender) implements WorkerCommand {

    private static final String SCRIPT_FAILED = "47";

    @Override
    public String name() {
        return "merge_progressive_renders";
    }

    @Override
    public String description() {
        return "Merges two EXR renders of a frame that have different samples, weighed by their numbers.";
    }

    @Override
    public List<SettingDescription> settings() {
        return MergeOrder.DESCRIPTIONS;
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings, InterruptedException {
        MergeOrder.read(settings);
        blender.program(settings, context);
        context.checkNoProgramRuns();
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        MergeOrder order = Checked.read(() -> MergeOrder.read(settings));
        Path output = Path.of(order.output()).toAbsolutePath();
        FarmFiles.makeParent(output, name(), context);
        Path directory = Files.createTempDirectory(Objects.requireNonNull(output.getParent()), "merge-");
        context.letProgramsUse(directory);
        Path merged = directory.resolve("merged0001.exr");
        try {
            context.activity("Starting Blender to merge EXR files");
            run(blender, order.json(merged), settings, context);
            context.log("Moving " + merged + " to " + output);
            Files.move(merged, output, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(merged);
            Files.deleteIfExists(directory);
        }
        context.outputProduced(output);
    }

    /** Runs our script. */
    static void run(Blender blender, JsonObject order, CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        try (Script script = Script.named("merge_renders.py", context)) {
            List<String> arguments = new ArrayList<>(Checked.read(() -> blender.bare(settings, context)));
            arguments.addAll(List.of(
                    "--python-exit-code",
                    SCRIPT_FAILED,
                    "--python",
                    script.file().toString(),
                    "--",
                    order.encode()));
            context.runProgram(arguments, LineHandler.logging());
        }
    }
}

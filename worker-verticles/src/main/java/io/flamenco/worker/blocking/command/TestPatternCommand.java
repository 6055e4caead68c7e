package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.domain.FrameRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Draws test pictures in the Worker itself, so that a farm can be seen at work without Blender. */
final class TestPatternCommand implements WorkerCommand {

    private static final int USUAL_WIDTH = 640;
    private static final int USUAL_HEIGHT = 360;
    private static final int SMALLEST_SIDE = 16;
    private static final int LARGEST_SIDE = 8_192;

    private record Order(String output, List<Integer> frames, int width, int height) {}

    @Override
    public String name() {
        return "test_pattern";
    }

    @Override
    public String description() {
        return "Draws test pictures as PNG files in the Worker itself, to see a farm at work without Blender.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required(
                        "render_output",
                        SettingDescription.Type.PATH,
                        "Where to write; a run of # becomes the number of the frame."),
                SettingDescription.required(
                        "frames", SettingDescription.Type.FRAMES, "Which frames, such as 1..10,15."),
                SettingDescription.optional("width", SettingDescription.Type.INTEGER, "In pixels.")
                        .or(USUAL_WIDTH),
                SettingDescription.optional("height", SettingDescription.Type.INTEGER, "In pixels.")
                        .or(USUAL_HEIGHT));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        order(settings);
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        Order order = Checked.read(() -> order(settings));
        TestPattern pattern = new TestPattern(order.width(), order.height());
        for (int done = 0; done < order.frames().size(); done++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the task is to stop");
            }
            int frame = order.frames().get(done);
            context.activity("Drawing frame " + frame);
            draw(pattern, frame, order, context);
            context.progress(100 * (done + 1) / order.frames().size());
        }
    }

    private void draw(TestPattern pattern, int frame, Order order, CommandContext context)
            throws IOException, CommandFailure {
        Path file = file(order.output(), frame);
        FarmFiles.makeParent(file, name(), context);
        if (!ImageIO.write(pattern.frame(frame), "png", file.toFile())) {
            throw new CommandFailure("This Java cannot write PNG files");
        }
        context.log("Saved: '" + file + "'");
        context.outputProduced(file);
    }

    private static Path file(String output, int frame) {
        String path = FrameRange.path(output, frame);
        return Path.of(path.toLowerCase(Locale.ROOT).endsWith(".png") ? path : path + ".png");
    }

    private static Order order(CommandSettings settings) throws InvalidSettings {
        try {
            return new Order(
                    settings.filledText("render_output"),
                    FrameRange.parse(settings.filledText("frames")),
                    settings.integer("width", USUAL_WIDTH, SMALLEST_SIDE, LARGEST_SIDE),
                    settings.integer("height", USUAL_HEIGHT, SMALLEST_SIDE, LARGEST_SIDE));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettings("\"frames\": " + e.getMessage());
        }
    }
}

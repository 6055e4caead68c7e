package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.util.List;

/** Draws real pictures in the Workers themselves, so that a farm can be seen at work without Blender. */
final class TestPatternCompiler implements JobCompiler {

    private static final int USUAL_WIDTH = 640;
    private static final int USUAL_HEIGHT = 360;
    private static final double LARGEST_SIDE = 8_192;

    @Override
    public String jobType() {
        return "test-pattern";
    }

    @Override
    public String description() {
        return "Draws test pictures in the Workers themselves, and joins them to a video when Workers can.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Describe.FRAMES,
                Describe.CHUNK_SIZE,
                Describe.RENDER_OUTPUT,
                Describe.within(
                        "width", SettingDescription.Type.INTEGER, USUAL_WIDTH, 16, LARGEST_SIDE, "Width", "In pixels."),
                Describe.within(
                        "height",
                        SettingDescription.Type.INTEGER,
                        USUAL_HEIGHT,
                        16,
                        LARGEST_SIDE,
                        "Height",
                        "In pixels."),
                Describe.fps("Makes a video of that speed."));
    }

    @Override
    public List<String> check(JobToCompile job) {
        return List.of();
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) throws CompilationFailure {
        JobSettings settings = new JobSettings(job.settings());
        FrameRange frames = settings.frames();
        FarmPath output = new FarmPath(settings.text("render_output"));
        Publishing publishing = Publishing.of(job, output);
        Drafts drafts = new Drafts();
        List<Integer> drawn = draw(settings, frames, publishing.intermediate().child(output.name()), drafts);
        boolean video = frames.count() >= 2
                && settings.optionalNumber("fps").isPresent()
                && job.managerTaskTypes().contains(TaskTypes.VIDEO_ENCODING);
        if (video) {
            drawn = publishing.addVideo(
                    drafts, drawn, ".png", "test-pattern-" + frames.merged(), settings.number("fps"));
        }
        publishing.addMove(drafts, drawn);
        return drafts.tasks();
    }

    private static List<Integer> draw(JobSettings settings, FrameRange frames, FarmPath pattern, Drafts drafts)
            throws CompilationFailure {
        int width = settings.optionalNumber("width").orElse(USUAL_WIDTH).intValue();
        int height = settings.optionalNumber("height").orElse(USUAL_HEIGHT).intValue();
        return drafts.addChunks(
                TaskTypes.TEST_PATTERN,
                frames.chunks(settings.positive("chunk_size")),
                List.of(),
                chunk -> command(
                        "test_pattern",
                        "render_output",
                        pattern.text(),
                        "frames",
                        chunk.blenderStyle(),
                        "width",
                        width,
                        "height",
                        height));
    }
}

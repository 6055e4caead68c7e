package io.flamenco.cli.demo;

import io.flamenco.cli.jobs.JobSubmission;
import io.flamenco.cli.jobs.JobView;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** The jobs that show a farm at work. */
final class DemoJob {

    /** Few enough to be done soon, enough for several Workers and a video. */
    static final int FRAMES = 12;

    private static final String NAME = "Flamenco demo";
    private static final int FRAMES_PER_TASK = 2;
    private static final int FRAMES_PER_SECOND = 12;

    private DemoJob() {}

    /** Whether it is one of these. */
    static boolean made(JobView job) {
        return job.name().startsWith(NAME);
    }

    /** Draws test pictures in the Workers themselves. */
    static JobSubmission testPattern(Path pictures) {
        return new JobSubmission(
                "test-pattern", NAME + ": test pictures", JobSubmission.USUAL_PRIORITY, settings(pictures));
    }

    /** Renders a scene with Blender. */
    static JobSubmission blender(Path scene, Path pictures) {
        JsonObject settings = settings(pictures)
                .put("filepath", scene.toString())
                .put("format", "PNG")
                .put("images_or_video", "images")
                .put("output_file_extension", ".png");
        return new JobSubmission("blender-render", NAME + ": Blender", JobSubmission.USUAL_PRIORITY, settings);
    }

    /** Where the pictures of such a job are once it has completed. */
    static Path pictures(JobView job) {
        Path parent = Path.of(job.settings().getString("render_output", ".")).getParent();
        return parent == null ? Path.of(".") : parent;
    }

    private static JsonObject settings(Path pictures) {
        return new JsonObject()
                .put("frames", "1-" + FRAMES)
                .put("chunk_size", FRAMES_PER_TASK)
                .put("fps", FRAMES_PER_SECOND)
                .put("render_output", pictures.resolve("frame-######").toString());
    }
}

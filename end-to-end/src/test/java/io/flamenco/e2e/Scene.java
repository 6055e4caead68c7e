package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A small Blender file that renders without a screen. */
final class Scene {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SCRIPT = """
            import bpy, sys
            scene = bpy.context.scene
            scene.render.engine = "CYCLES"
            scene.cycles.samples = %d
            scene.cycles.use_denoising = False
            scene.render.resolution_x = %d
            scene.render.resolution_y = %d
            scene.render.resolution_percentage = 100
            scene.render.image_settings.file_format = "PNG"
            bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])
            """;

    private Scene() {}

    /** Makes the file, with pictures of that size in pixels and that many samples. */
    static Path make(Path blender, Path file, int width, int height, int samples) throws Exception {
        Process process = new ProcessBuilder(
                        blender.toString(),
                        "--background",
                        "--factory-startup",
                        "--python-exit-code",
                        "1",
                        "--python-expr",
                        SCRIPT.formatted(samples, width, height),
                        "--",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.exists(file)).as("the scene was made").isTrue();
        return file;
    }
}

package io.flamenco.cli.demo;

import io.flamenco.cli.process.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small Blender scene: a row of blocks that turn and change colour. */
final class DemoScene {

    private static final long PATIENCE_SECONDS = 120;
    private static final String SCRIPT = """
            import bpy, math, sys
            scene = bpy.context.scene
            cube = bpy.data.objects["Cube"]
            bpy.context.view_layer.objects.active = cube
            bevel = cube.modifiers.new("Bevel", "BEVEL")
            bevel.width = 0.12
            bevel.segments = 3
            for i in range(-2, 3):
                block = cube if i == 0 else cube.copy()
                if i:
                    scene.collection.objects.link(block)
                    block.data = cube.data.copy()
                block.location = (i * 1.5, i * 1.5, 0)
                block.scale = (0.6, 0.6, 0.6 + 0.25 * abs(i))
                material = bpy.data.materials.new("Block")
                material.diffuse_color = (0.9, 0.35 + 0.1 * i, 0.15 + 0.05 * (i + 2), 1)
                material.use_nodes = True
                material.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = material.diffuse_color
                block.data.materials.clear()
                block.data.materials.append(material)
                for frame, turn in ((1, 0.0), (%1$d, math.pi / 2)):
                    block.rotation_euler = (0, 0, turn + i * 0.3)
                    block.keyframe_insert("rotation_euler", frame=frame)
            scene.render.engine = "CYCLES"
            scene.cycles.device = "CPU"
            scene.cycles.samples = 8
            scene.cycles.use_denoising = False
            scene.render.resolution_x = 480
            scene.render.resolution_y = 270
            scene.render.resolution_percentage = 100
            scene.render.image_settings.file_format = "PNG"
            scene.frame_start = 1
            scene.frame_end = %1$d
            bpy.ops.wm.save_as_mainfile(filepath=sys.argv[-1])
            """;

    private DemoScene() {}

    /**
     * Makes the scene with Blender, unless it is there. Blocks.
     *
     * @param log where Blender's output goes
     * @throws CommandFailure when Blender cannot make it
     */
    static void make(Path blender, Path scene, int frames, Path log) throws IOException, InterruptedException {
        if (Files.exists(scene)) {
            return;
        }
        Path unfinished = scene.resolveSibling("unfinished.blend");
        Process process = new ProcessBuilder(List.of(
                        blender.toString(),
                        "--background",
                        "--factory-startup",
                        "--python-exit-code",
                        "1",
                        "--python-expr",
                        SCRIPT.formatted(frames),
                        "--",
                        unfinished.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0 || !Files.exists(unfinished)) {
            throw CommandFailure.of("Blender (" + blender + ") could not make the demo's scene; " + log
                    + " tells why, and --without-blender does without it.");
        }
        Files.move(unfinished, scene);
    }
}

package io.flamenco.worker.blocking.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.worker.blocking.CommandTrial;
import io.flamenco.worker.blocking.Commands;
import io.flamenco.worker.blocking.command.BuiltInCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The media commands with the installed Blender and FFmpeg, looking at what they made. Without these programs the tests are
 * left out; where {@code CI=true}, as in continuous integration, they fail instead.
 */
class RealMediaTest {

    private static final String SCENE = """
            import bpy
            scene = bpy.context.scene
            scene.render.engine = 'CYCLES'
            scene.cycles.samples = 8
            scene.cycles.use_denoising = False
            scene.cycles.use_adaptive_sampling = False
            scene.render.resolution_x = 64
            scene.render.resolution_y = 48
            scene.render.resolution_percentage = 100
            cube = bpy.data.objects['Cube']
            cube.keyframe_insert('location', frame=1)
            cube.location.x = 2
            cube.keyframe_insert('location', frame=10)
            scene.render.fps = 24
            scene.sequence_editor_create().sequences.new_sound('tone', '%s', channel=1, frame_start=1)
            bpy.ops.wm.save_as_mainfile(filepath='%s')
            """;

    private static Path scene = Path.of("unset");

    private final Commands commands = Commands.of(
            List.of(List.copyOf(new BuiltInCommands().commands()), List.copyOf(new MediaCommands().commands())).stream()
                    .flatMap(List::stream)
                    .toList());
    private final CommandTrial trial = CommandTrial.real();
    private Path here;
    private MadeMedia made;

    @BeforeAll
    static void makeScene(@TempDir Path shared) throws Exception {
        for (String program : List.of("blender", "ffmpeg", "ffprobe")) {
            boolean there = Files.isExecutable(Path.of("/usr/bin/" + program));
            assertThat(there || !"true".equals(System.getenv("CI")))
                    .as("%s is needed by this test: apt-get install blender ffmpeg", program)
                    .isTrue();
            Assumptions.assumeTrue(there, program + " is not installed");
        }
        scene = shared.resolve("scene.blend");
        Path tone = shared.resolve("tone.wav");
        MadeMedia.output(
                "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=2", tone.toString());
        MadeMedia.output(
                "blender",
                "--background",
                "--factory-startup",
                "--python-exit-code",
                "3",
                "--python-expr",
                SCENE.formatted(tone, scene));
    }

    @BeforeEach
    void nameDirectory(@TempDir Path temporary) {
        here = temporary;
        made = new MadeMedia(temporary);
    }

    @Test
    void frames_are_rendered_with_progress() throws Exception {
        render(
                "frames",
                "1..3",
                "format",
                "PNG",
                "render_output",
                here.resolve("out/######").toString());

        for (int frame = 1; frame <= 3; frame++) {
            assertThat(made.probe("out/00000" + frame + ".png", "stream=codec_name,width,height"))
                    .isEqualTo("png,64,48");
            assertThat(made.colours("out/00000" + frame + ".png")).isGreaterThan(50);
        }
        assertThat(trial.progress()).isSorted().endsWith(100).hasSizeGreaterThan(3);
        assertThat(trial.produced()).hasSize(3);
        assertThat(trial.timing()).containsKeys("starting blender", "loading blendfile", "rendering");
        assertThat(trial.activities()).anyMatch(activity -> activity.contains("Remaining:"));
    }

    @Test
    void a_python_file_that_a_task_made_overrides_the_scene() throws Exception {
        Path mine = Files.copy(scene, here.resolve("mine.blend"));
        trial.run(
                command("create_python_file"),
                Map.of(
                        "filepath",
                        here.resolve("mine-overrides.py").toString(),
                        "contents",
                        "import bpy\nbpy.context.scene.render.resolution_x = 32\n"));

        trial.run(
                command("blender_render"),
                Map.of(
                        "blender_cmd", "blender",
                        "filepath", mine.toString(),
                        "format", "JPEG",
                        "frames", "2",
                        "render_output", here.resolve("frame-##").toString()));

        assertThat(made.probe("frame-02.jpg", "stream=codec_name,width,height")).isEqualTo("mjpeg,32,48");
    }

    @Test
    void an_override_that_fails_fails_the_render() throws Exception {
        Path mine = Files.copy(scene, here.resolve("mine.blend"));
        Files.writeString(here.resolve("mine-overrides.py"), "raise ValueError('no')");

        assertThatThrownBy(() -> trial.run(
                        command("blender_render"),
                        Map.of("blender_cmd", "blender", "filepath", mine.toString(), "frames", "1")))
                .hasMessageContaining("failed with status 42");
    }

    @Test
    void catalogue_55_56_progressive_renders_merge_to_what_a_whole_render_gives() throws Exception {
        // Given
        progressive(1, 8, "whole");
        progressive(1, 3, "first");
        progressive(4, 8, "second");

        // When
        trial.run(command("merge_progressive_renders"), merge("merged.exr"));
        Map<String, Object> sequence = merge("merged-samples-######.exr");
        sequence.putAll(Map.of("frame_start", 3, "frame_end", 5));
        trial.run(command("merge_progressive_render_sequence"), sequence);

        // Then
        List<Double> differences = made.differences(
                List.of("merged.exr", "whole-000003.exr"),
                List.of("merged-samples-000003.exr", "whole-000003.exr"),
                List.of("merged-samples-000005.exr", "whole-000005.exr"),
                List.of("first-000003.exr", "whole-000003.exr"));
        assertThat(differences.subList(0, 3))
                .allSatisfy(difference -> assertThat(difference).isLessThan(1e-5));
        assertThat(differences.get(3)).isGreaterThan(1e-3);
        assertThat(here.resolve("merged-samples-000004.exr")).exists();
        assertThat(trial.produced()).endsWith(here.resolve("merged-samples-000005.exr"));
        assertThat(here).isDirectoryNotContaining("glob:**merge-*");
    }

    @Test
    void exr_files_become_previews() throws Exception {
        progressive(1, 2, "render");

        trial.run(
                command("exr_sequence_to_jpeg"),
                Map.of(
                        "blender_cmd",
                        "blender",
                        "filepath",
                        scene.toString(),
                        "exr_glob",
                        here.resolve("render-*.exr").toString(),
                        "output_pattern",
                        "preview-######"));

        for (int frame = 3; frame <= 5; frame++) {
            assertThat(made.probe("preview-00000" + frame + ".jpg", "stream=codec_name,width,height"))
                    .isEqualTo("mjpeg,64,48");
            assertThat(made.colours("preview-00000" + frame + ".jpg")).isGreaterThan(50);
        }
    }

    @Test
    void previews_without_files_fail() {
        assertThatThrownBy(() -> trial.run(
                        command("exr_sequence_to_jpeg"),
                        Map.of(
                                "blender_cmd", "blender",
                                "filepath", scene.toString(),
                                "exr_glob", here.resolve("none-*.exr").toString())))
                .hasMessageContaining("failed with status 32");
    }

    @Test
    void catalogue_61_63_pictures_become_videos_and_videos_one_video() throws Exception {
        // Given
        pictures("108..114");
        pictures("1..4");
        pictures("5..7");

        // When
        video("p108-*.png", "seven.mkv");
        video("p1-*.png", "chunk-0001-0004.mkv");
        video("p5-*.png", "chunk-0005-0007.mkv");
        trial.run(
                command("concatenate_videos"),
                Map.of(
                        "input_files", here.resolve("chunk-*.mkv").toString(),
                        "output_file", here.resolve("all.mkv").toString()));

        // Then
        assertThat(made.seconds("seven.mkv")).isCloseTo(7 / 24.0, within(0.0015));
        assertThat(made.seconds("all.mkv")).isCloseTo(7 / 24.0, within(0.0015));
        assertThat(made.probe("all.mkv", "stream=codec_name,width,height")).isEqualTo("h264,66,36");
        assertThat(made.probe("seven.mkv", "stream=codec_name,width,height")).isEqualTo("h264,66,36");
        assertThat(made.probe("seven.mkv", "stream=nb_read_frames")).isEqualTo("7");
        assertThat(made.probe("all.mkv", "stream=nb_read_frames")).isEqualTo("7");
        assertThat(made.colours("all.mkv")).isGreaterThan(50);
        assertThat(made.colours("seven.mkv")).isGreaterThan(50);
        assertThat(trial.progress()).contains(100);
    }

    @Test
    void sound_is_rendered_encoded_and_put_to_a_video() throws Exception {
        // Given
        pictures("1..24");
        video("p1-*.png", "silent.mkv");
        Path flac = here.resolve("sound.flac");

        // When
        trial.run(
                command("blender_render_audio"),
                Map.of(
                        "blender_cmd",
                        "blender",
                        "filepath",
                        scene.toString(),
                        "render_output",
                        flac.toString(),
                        "frame_start",
                        1,
                        "frame_end",
                        24));
        Path aac = here.resolve("sound.aac");
        trial.run(
                command("encode_audio"),
                Map.of("input_file", flac.toString(), "output_file", aac.toString(), "codec", "aac", "bitrate", "64k"));
        trial.run(
                command("mux_audio"),
                Map.of(
                        "audio_file", aac.toString(),
                        "video_file", here.resolve("silent.mkv").toString(),
                        "output_file", here.resolve("final.mkv").toString()));

        // Then
        assertThat(made.probe("sound.flac", "stream=codec_name")).isEqualTo("flac");
        assertThat(made.seconds("sound.flac")).isCloseTo(1.0, within(0.05));
        assertThat(made.probe("sound.aac", "stream=codec_name")).isEqualTo("aac");
        assertThat(made.probe("final.mkv", "stream=codec_name").lines()).containsExactlyInAnyOrder("aac", "h264");
        assertThat(made.seconds("final.mkv")).isCloseTo(1.0, within(0.1));
        assertThat(made.probe("silent.mkv", "stream=nb_read_frames")).isEqualTo("24");
        assertThat(made.probe("final.mkv", "stream=nb_read_frames").lines()).contains("24");
        assertThat(made.colours("final.mkv")).isGreaterThan(50);
        for (String file : List.of("sound.flac", "sound.aac", "final.mkv")) {
            assertThat(made.loudness(file)).as(file).isGreaterThan(-40);
        }
    }

    private void render(String... settings) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("blender_cmd", "blender", "filepath", scene.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        trial.run(command("blender_render"), all);
    }

    private void progressive(int first, int last, String name) throws Exception {
        trial.run(
                command("blender_render_progressive"),
                Map.of(
                        "blender_cmd",
                        "blender",
                        "filepath",
                        scene.toString(),
                        "render_output",
                        here.resolve(name + "-######").toString(),
                        "format",
                        "EXR",
                        "frames",
                        "3..5",
                        "cycles_num_chunks",
                        8,
                        "cycles_chunk_start",
                        first,
                        "cycles_chunk_end",
                        last));
    }

    private Map<String, Object> merge(String output) {
        return new HashMap<>(Map.of(
                "blender_cmd",
                "blender",
                "input1",
                here.resolve("first-000003.exr").toString(),
                "input2",
                here.resolve("second-000003.exr").toString(),
                "weight1",
                3,
                "weight2",
                5,
                "output",
                here.resolve(output).toString()));
    }

    private void pictures(String frames) throws Exception {
        String first = frames.substring(0, frames.indexOf('.'));
        trial.run(
                command("test_pattern"),
                Map.of(
                        "render_output",
                        here.resolve("p" + first + "-######.png").toString(),
                        "frames",
                        frames,
                        "width",
                        65,
                        "height",
                        35));
    }

    private void video(String pictures, String file) throws Exception {
        trial.run(
                command("create_video"),
                Map.of(
                        "input_files", here.resolve(pictures).toString(),
                        "output_file", here.resolve(file).toString(),
                        "fps", 24));
    }

    private WorkerCommand command(String name) {
        return commands.named(name).orElseThrow();
    }
}

package io.flamenco.worker.blocking.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.CommandTrial;
import io.flamenco.worker.blocking.Commands;
import io.flamenco.worker.platform.OperatingSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of Blender and FFmpeg; the numbers are those of the original's catalogue of tests. */
class MediaCommandLinesTest {

    private final CommandTrial trial = CommandTrial.recorded();
    private Path here;
    private Path blend;
    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void makeBlendFile(@TempDir Path temporary) throws Exception {
        here = temporary;
        blend = Files.createFile(here.resolve("thefile.blend"));
        settings.put("blender_cmd", "/bin/true --with --cli=\"args for CLI\"");
        settings.put("filepath", blend.toString());
    }

    @Test
    void catalogue_46_words_of_the_command_line_are_kept_and_the_options_follow() throws Exception {
        settings.put("format", "JPEG");
        settings.put("frames", "1..2");
        settings.put("render_output", null);
        settings.put("chunk_size", 100);

        trial.run(command("blender_render"), settings);

        assertThat(trial.arguments())
                .containsExactly(
                        "/bin/true",
                        "--with",
                        "--cli=args for CLI",
                        "--enable-autoexec",
                        "-noaudio",
                        "--background",
                        blend.toString(),
                        "--render-format",
                        "JPEG",
                        "--render-frame",
                        "1..2");
        assertThat(trial.activities()).startsWith("Starting Blender");
    }

    @Test
    void catalogue_47_the_names_of_exr_formats_are_those_of_the_command_line() throws Exception {
        settings.put("format", "OPEN_EXR");
        trial.run(command("blender_render"), settings);

        assertThat(trial.arguments()).endsWith("--render-format", "EXR");
    }

    @Test
    void catalogue_48_an_expression_is_run_before_anything_else() throws Exception {
        settings.put("format", "JPEG");
        settings.put("python_expr", "print('hello')");

        trial.run(command("blender_render"), settings);

        assertThat(trial.arguments()).endsWith("--python-expr", "print('hello')", "--render-format", "JPEG");
    }

    @Test
    void catalogue_49_overrides_beside_the_blend_file_are_run() throws Exception {
        Path overrides = Files.writeString(here.resolve("thefile-overrides.py"), "import bpy");
        settings.put("frames", "1");

        trial.run(command("blender_render"), settings);

        assertThat(trial.arguments())
                .containsSequence(
                        blend.toString(),
                        "--python-exit-code",
                        "42",
                        "--python",
                        overrides.toString(),
                        "--render-frame");
        assertThat(trial.log()).anyMatch(line -> line.contains(overrides + ":\nimport bpy"));
    }

    @Test
    void catalogue_51_a_range_of_samples_is_rendered() throws Exception {
        Path output = here.resolve("made/render-######");
        settings.putAll(Map.of(
                "render_output",
                output.toString(),
                "format",
                "EXR",
                "frames",
                "1..2",
                "cycles_num_chunks",
                400,
                "cycles_chunk_start",
                223,
                "cycles_chunk_end",
                311));

        trial.run(command("blender_render_progressive"), settings);

        assertThat(trial.arguments())
                .endsWith(
                        "--render-output",
                        output.toString(),
                        "--render-format",
                        "EXR",
                        "--render-frame",
                        "1..2",
                        "--",
                        "--cycles-resumable-num-chunks",
                        "400",
                        "--cycles-resumable-start-chunk",
                        "223",
                        "--cycles-resumable-end-chunk",
                        "311");
        assertThat(trial.arguments()).anyMatch(argument -> argument.contains("sample_offset = 222"));
        assertThat(output.getParent()).isDirectory();
    }

    @Test
    void samples_must_be_told_and_not_in_the_old_way() {
        settings.putAll(Map.of("cycles_num_chunks", 4, "cycles_chunk_start", 0, "cycles_chunk_end", 2));
        assertInvalid("blender_render_progressive", "\"cycles_chunk_start\" must be 1 to");
        settings.put("cycles_chunk_start", 1.0);
        assertInvalid("blender_render_progressive", "\"cycles_chunk_start\" must be an integer");
        settings.put("cycles_chunk", 1);
        assertInvalid("blender_render_progressive", "older job type");
    }

    @Test
    void catalogue_52_sound_is_mixed_down_by_a_script() throws Exception {
        settings.putAll(Map.of("render_output", "/tmp/output.flac", "frame_start", 1, "frame_end", 47));

        trial.run(command("blender_render_audio"), settings);

        assertThat(trial.arguments())
                .endsWith("--background", blend.toString(), "--python-exit-code", "47", "--python-expr", """
                        import bpy
                        bpy.context.scene.frame_start = 1
                        bpy.context.scene.frame_end = 47
                        bpy.ops.sound.mixdown(filepath='/tmp/output.flac', codec='FLAC', container='FLAC', accuracy=128)
                        bpy.ops.wm.quit_blender()""");
    }

    @Test
    void catalogue_53_54_previews_are_made_of_a_glob_or_a_directory() throws Exception {
        settings.put("exr_glob", "/render/frame-*.exr");
        settings.put("output_pattern", "preview-######");
        trial.run(command("exr_sequence_to_jpeg"), settings);
        assertThat(trial.arguments())
                .containsSequence("--python-exit-code", "32", "--python")
                .endsWith("--", "--exr-glob", "/render/frame-*.exr", "--output-pattern", "preview-######");

        settings.remove("exr_glob");
        settings.put("exr_directory", "/render/some");
        settings.put("output_pattern", null);
        CommandTrial other = CommandTrial.recorded();
        other.run(command("exr_sequence_to_jpeg"), settings);
        assertThat(other.arguments())
                .endsWith("--exr-glob", "/render/some/*.exr", "--output-pattern", "preview-######.jpg");
    }

    @Test
    void previews_need_one_source() {
        assertInvalid("exr_sequence_to_jpeg", "either \"exr_glob\" or \"exr_directory\"");
        settings.putAll(Map.of("exr_glob", "a", "exr_directory", "b"));
        assertInvalid("exr_sequence_to_jpeg", "either \"exr_glob\" or \"exr_directory\"");
    }

    @Test
    void blender_and_the_blend_file_must_be_there() {
        settings.put("blender_cmd", "/no/such/blender");
        assertInvalid("blender_render", "/no/such/blender does not exist or cannot be executed");
        settings.put("blender_cmd", "true");
        settings.put("filepath", "/no/such/file.blend");
        assertInvalid("blender_render", "\"filepath\": Path /no/such/file.blend does not exist");
        settings.put("frames", 3);
        assertInvalid("blender_render", "\"frames\" must be a string");
    }

    @Test
    void progress_follows_the_frames_of_the_task() throws Exception {
        settings.put("frames", "10..11");
        CommandTrial rendering = CommandTrial.recorded(
                "Read blend: x",
                "Fra:10 Mem:9M (Peak 9M) | Time:00:00.18 | Remaining:00:00.05 | Scene | Sample 1/4",
                "Saved: '/r/000010.png'",
                "Fra:11 Mem:9M (Peak 9M) | Time:00:00.18 | Scene | Sample 2/4",
                "Saved: '/r/000011.png'");

        rendering.run(command("blender_render"), settings);

        assertThat(rendering.progress()).containsExactly(12, 50, 75, 100);
        assertThat(rendering.produced()).containsExactly(Path.of("/r/000010.png"), Path.of("/r/000011.png"));
        assertThat(rendering.timing()).containsOnlyKeys("starting blender", "loading blendfile", "rendering");
        assertThat(rendering.log()).contains("pid=4711 > Saved: '/r/000011.png'");
    }

    @Test
    void catalogue_95_each_phase_of_a_render_ends_the_one_before() throws Exception {
        CommandTrial rendering = CommandTrial.recorded(
                "Blender 3.4.1", "Read blend: x", "Info: Read library: y", "Fra:1 Mem:9M | Scene");
        long start = System.nanoTime();

        rendering.run(command("blender_render"), settings);

        double all = (System.nanoTime() - start) / 1e9;
        assertThat(rendering.timing().keySet()).containsExactly("starting blender", "loading blendfile", "rendering");
        assertThat(rendering.timing().values()).allMatch(seconds -> seconds > 0);
        assertThat(rendering.timing().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isLessThan(all);
        CommandTrial endsEarly = CommandTrial.recorded("Blender 3.4.1");
        endsEarly.run(command("blender_render"), settings);
        assertThat(endsEarly.timing()).containsOnlyKeys("starting blender");
    }

    @Test
    void catalogue_45_missing_files_become_the_activity() throws Exception {
        CommandTrial rendering = CommandTrial.recorded("Warning: Unable to open /path/to/texture.jpg");

        rendering.run(command("blender_render"), settings);

        assertThat(rendering.activities()).endsWith("Warning: Unable to open /path/to/texture.jpg");
    }

    @Test
    void catalogue_57_58_ffmpeg_is_looked_for() throws Exception {
        Map<String, Object> video = video();
        trial.check(command("create_video"), video);
        video.put("ffmpeg_cmd", "no-such-ffmpeg");
        assertThatThrownBy(() -> trial.check(command("create_video"), video))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("no-such-ffmpeg not found on $PATH");
        video.put("fps", "24");
        video.remove("ffmpeg_cmd");
        assertThatThrownBy(() -> trial.check(command("create_video"), video)).hasMessage("\"fps\" must be a number");
    }

    @Test
    void catalogue_59_ffmpeg_for_windows_gets_a_list_of_the_files() throws Exception {
        Commands windows = Commands.of(new MediaCommands(OperatingSystem.WINDOWS, Duration.ZERO).commands());
        Files.createFile(here.resolve("it's 2.png"));
        Files.createFile(here.resolve("1.png"));
        Map<String, Object> video = video();
        video.put("ffmpeg_cmd", "/usr/bin/ffmpeg");
        video.put("input_files", here.resolve("*.png").toString());

        trial.run(windows.named("create_video").orElseThrow(), video);

        assertThat(trial.arguments())
                .containsSequence("-r", "24", "-f", "concat", "-i")
                .contains("yuv420p");
        assertThat(Ffmpeg.indexLine(Path.of("/x/it's 2.png"))).isEqualTo("file 'it'\\''s 2.png'\n");
        assertThat(here).isDirectoryNotContaining("glob:**.txt");
    }

    @Test
    void catalogue_60_ffmpeg_elsewhere_finds_the_files_itself() throws Exception {
        Map<String, Object> video = video();
        video.put("ffmpeg_cmd", "/usr/bin/ffmpeg -hide_banner");

        trial.run(command("create_video"), video);

        assertThat(trial.arguments())
                .containsExactly(
                        "/usr/bin/ffmpeg",
                        "-hide_banner",
                        "-r",
                        "24",
                        "-pattern_type",
                        "glob",
                        "-i",
                        "/tmp/*.png",
                        "-c:v",
                        "h264",
                        "-crf",
                        "20",
                        "-g",
                        "18",
                        "-vf",
                        "pad=ceil(iw/2)*2:ceil(ih/2)*2",
                        "-pix_fmt",
                        "yuv420p",
                        "-y",
                        "-bf",
                        "0",
                        "/tmp/merged.mkv");
    }

    @Test
    void the_real_output_of_ffmpeg_tells_progress_and_leaves_no_overwritten_lines_in_the_log() throws Exception {
        Path output = Path.of("src/test/resources/ffmpeg/create-video-5.1.9.txt");
        CommandTrial encoding = CommandTrial.real();

        encoding.runProgram(List.of("cat", output.toString()), new FfmpegLines(encoding, 960));

        assertThat(encoding.progress())
                .hasSize(16)
                .isSorted()
                .endsWith(100)
                .contains(0)
                .doesNotHaveDuplicates();
        assertThat(encoding.activities()).allMatch(activity -> activity.startsWith("frame="));
        assertThat(encoding.log().stream().filter(line -> line.contains("frame=")))
                .hasSize(1);
        assertThat(encoding.log()).noneMatch(line -> line.contains("\r"));
    }

    @Test
    void without_a_number_of_frames_the_length_of_the_longest_input_counts() {
        CommandTrial encoding = CommandTrial.recorded();
        FfmpegLines lines = new FfmpegLines(encoding, 0);

        lines.overwritten(1, "size=       1kB time=00:00:05.00 bitrate=N/A");
        lines.line(1, "  Duration: 00:00:10.00, start: 0.000000, bitrate: N/A");
        lines.line(1, "  Duration: 00:00:20.00, start: 0.000000, bitrate: N/A");
        lines.overwritten(1, "size=       1kB time=00:00:05.00 bitrate=N/A");
        lines.overwritten(1, "size=       1kB time=00:00:04.00 bitrate=N/A");
        lines.line(1, "size=       1kB time=00:00:20.01 bitrate=N/A");

        assertThat(encoding.progress()).containsExactly(25, 25, 100);
    }

    @Test
    void catalogue_62_videos_are_joined_by_a_list() throws Exception {
        Files.createFile(here.resolve("chunk-1.mkv"));
        trial.run(
                command("concatenate_videos"),
                Map.of("input_files", here.resolve("chunk-*.mkv").toString(), "output_file", "/tmp/all.mkv"));

        List<String> arguments = trial.arguments();
        assertThat(arguments).startsWith("ffmpeg", "-f", "concat", "-safe", "0", "-i");
        assertThat(arguments).endsWith("-c", "copy", "-y", "/tmp/all.mkv");
    }

    @Test
    void catalogue_64_65_sound_comes_before_the_video_and_is_encoded_as_told() throws Exception {
        Path audio = Files.createFile(here.resolve("sound.flac"));
        trial.run(
                command("mux_audio"),
                Map.of("audio_file", audio.toString(), "video_file", blend.toString(), "output_file", "/tmp/m.mkv"));
        assertThat(trial.arguments())
                .containsExactly(
                        "ffmpeg", "-i", audio.toString(), "-i", blend.toString(), "-c", "copy", "-y", "/tmp/m.mkv");

        CommandTrial other = CommandTrial.recorded();
        other.run(
                command("encode_audio"),
                Map.of("input_file", audio.toString(), "codec", "aac", "bitrate", "192k", "output_file", "/tmp/a.aac"));
        assertThat(other.arguments())
                .containsExactly("ffmpeg", "-i", audio.toString(), "-c:a", "aac", "-b:a", "192k", "-y", "/tmp/a.aac");
    }

    private static Map<String, Object> video() {
        return new HashMap<>(Map.of("input_files", "/tmp/*.png", "output_file", "/tmp/merged.mkv", "fps", 24));
    }

    private void assertInvalid(String name, String message) {
        assertThatThrownBy(() -> trial.check(command(name), settings))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(message);
    }

    private static WorkerCommand command(String name) {
        return Commands.of(new MediaCommands(OperatingSystem.LINUX, Duration.ofMillis(50)).commands())
                .named(name)
                .orElseThrow();
    }
}

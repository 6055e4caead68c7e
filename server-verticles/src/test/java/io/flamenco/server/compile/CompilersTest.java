package io.flamenco.server.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.server.Golden;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.TaskDraft;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each job type's tasks stand, readable, in a golden file. */
class CompilersTest {

    private static final Instant CREATED = Instant.parse("2018-07-06T11:52:33Z");
    private static final JobTypes TYPES = JobTypes.load(true);
    private static final Set<String> WITH_VIDEO = Set.of("blender-render", "video-encoding");

    private static JsonObject render() {
        return new JsonObject()
                .put("filepath", "{job_storage}/shot/shot.flamenco.blend")
                .put("render_output", "{render}/film/shot/######")
                .put("frames", "1-5")
                .put("chunk_size", 2)
                .put("format", "PNG")
                .put("fps", 24.5)
                .put("images_or_video", "images")
                .put("output_file_extension", ".png");
    }

    private static JsonObject progressive() {
        return new JsonObject()
                .put("filepath", "/shot/file.blend")
                .put("blender_cmd", "{blender}")
                .put("render_output", "/render/out/frame-######")
                .put("frames", "1-5")
                .put("chunk_size", 3)
                .put("format", "OPEN_EXR")
                .put("cycles_sample_count", 30)
                .put("cycles_sample_cap", 30)
                .put("fps", 24);
    }

    private static JsonObject videoChunks() {
        return new JsonObject()
                .put("filepath", "/shot/edit.flamenco.blend")
                .put("render_output", "/render/film/name-is-ignored")
                .put("frames", "1-10")
                .put("chunk_size", 5)
                .put("output_file_extension", ".mov")
                .put("images_or_video", "video")
                .put("fps", 24)
                .put("extract_audio", true);
    }

    private static List<TaskDraft> compile(String jobType, JsonObject settings, Set<String> taskTypes)
            throws CompilationFailure {
        JobToCompile job = new JobToCompile(
                new JobId("5c0100000000000000000010"), "job", CREATED, false, settings.getMap(), taskTypes);
        return JobTypes.compile(TYPES.of(jobType).orElseThrow(), job);
    }

    private static void assertGolden(String file, String jobType, JsonObject settings, Set<String> taskTypes)
            throws CompilationFailure {
        List<TaskDraft> drafts = compile(jobType, settings, taskTypes);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < drafts.size(); i++) {
            TaskDraft task = drafts.get(i);
            text.append("%d %s [%s, %d] after %s%n"
                    .formatted(i, task.name(), task.taskType(), task.priority(), task.parents()));
            task.commands()
                    .forEach(command -> text.append("    ")
                            .append(command.name())
                            .append(' ')
                            .append(WireJson.write(command.settings()))
                            .append('\n'));
        }
        Golden.assertSame(file, text.toString());
    }

    @Test
    void sleep() throws CompilationFailure {
        JsonObject settings = new JsonObject()
                .put("frames", "1-30, 40-44")
                .put("chunk_size", 13)
                .put("time_in_seconds", 3);

        assertGolden("sleep.txt", "sleep", settings, Set.of());
    }

    @Test
    void exec_command_quotes_what_a_shell_would_take_for_something_else() throws CompilationFailure {
        JsonObject settings = new JsonObject().put("cmd", "echo \"a b\" $X 'it'\"'\"'s' | wc");

        List<TaskDraft> drafts = compile("exec-command", settings, Set.of());

        assertThat(drafts).singleElement().satisfies(task -> {
            assertThat(task.taskType()).isEqualTo("debug");
            assertThat(task.commands().getFirst().settings().get("cmd"))
                    .isEqualTo("echo 'a b' '$X' 'it'\"'\"'s' '|' wc");
        });
        assertThatThrownBy(() -> compile("exec-command", new JsonObject().put("cmd", "echo 'x"), Set.of()))
                .isInstanceOf(CompilationFailure.class)
                .hasMessageContaining("does not close");
    }

    @Test
    void blender_render() throws CompilationFailure {
        assertGolden("blender-render.txt", "blender-render", render(), WITH_VIDEO);
    }

    @Test
    void blender_render_with_overrides_and_without_video() throws CompilationFailure {
        JsonObject settings = render().put("format", "OPEN_EXR")
                .put("rna_overrides", List.of("bpy.context.scene.render.use_stamp = True"));

        assertGolden("blender-render-overrides.txt", "blender-render", settings, WITH_VIDEO);
    }

    @Test
    void a_video_is_made_only_when_everything_for_it_is_there() throws CompilationFailure {
        assertThat(names(render(), WITH_VIDEO)).contains("create-video");
        assertThat(names(render(), Set.of("blender-render"))).doesNotContain("create-video");
        assertThat(names(render().put("frames", "4"), WITH_VIDEO)).doesNotContain("create-video");
        for (String needed : List.of("format", "fps", "output_file_extension", "images_or_video")) {
            JsonObject settings = render();
            settings.remove(needed);
            assertThat(names(settings, WITH_VIDEO)).as("without %s", needed).doesNotContain("create-video");
        }
    }

    private static List<String> names(JsonObject settings, Set<String> taskTypes) throws CompilationFailure {
        return compile("blender-render", settings, taskTypes).stream()
                .map(TaskDraft::name)
                .toList();
    }

    @Test
    void progressive_render() throws CompilationFailure {
        assertGolden("progressive.txt", "blender-render-progressive", progressive(), Set.of());
    }

    @Test
    void progressive_render_of_one_frame() throws CompilationFailure {
        JsonObject settings = progressive().put("frames", "7").put("rna_overrides", List.of("x = 1", "y = 2"));

        assertGolden("progressive-one-frame.txt", "blender-render-progressive", settings, Set.of());
    }

    @Test
    void progressive_merges_each_run_of_frames_by_itself() throws CompilationFailure {
        List<TaskDraft> drafts =
                compile("blender-render-progressive", progressive().put("frames", "1-3,7"), Set.of());

        assertThat(drafts)
                .filteredOn(task -> task.name().startsWith("merge-"))
                .allSatisfy(merge -> assertThat(merge.commands()).hasSize(2));
    }

    @Test
    void progressive_refuses_what_would_not_work() {
        assertRefused(progressive().put("cycles_num_chunks", 4), "upgrade the Blender add-on");
        assertRefused(progressive().put("format", "PNG"), "must be OPEN_EXR");
        assertRefused(progressive().put("render_output", "/out/#####"), "exactly six #");
        assertRefused(progressive().put("render_output", "/out/#######"), "exactly six #");
        assertRefused(progressive().put("cycles_sample_count", 12), "at least 21");
    }

    private static void assertRefused(JsonObject settings, String sentence) {
        assertThatThrownBy(() -> compile("blender-render-progressive", settings, Set.of()))
                .isInstanceOf(CompilationFailure.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void video_chunks_with_sound() throws CompilationFailure {
        assertGolden("video-chunks.txt", "blender-video-chunks", videoChunks(), Set.of());
    }

    @Test
    void video_chunks_without_sound_move_the_joined_video() throws CompilationFailure {
        JsonObject settings = videoChunks()
                .put("extract_audio", false)
                .put("output_file_extension", ".mkv")
                .put("rna_overrides", List.of("x = 1"));

        assertGolden("video-chunks-silent.txt", "blender-video-chunks", settings, Set.of());
    }

    @Test
    void video_chunks_refuse_pictures() {
        assertThatThrownBy(
                        () -> compile("blender-video-chunks", videoChunks().put("images_or_video", "images"), Set.of()))
                .isInstanceOf(CompilationFailure.class)
                .hasMessageContaining("must be one of video");
    }

    @Test
    void test_pattern() throws CompilationFailure {
        JsonObject settings = new JsonObject()
                .put("frames", "1-5")
                .put("chunk_size", 2)
                .put("render_output", "/render/demo/######.png")
                .put("width", 320)
                .put("fps", 12);

        assertGolden("test-pattern.txt", "test-pattern", settings, WITH_VIDEO);
    }

    @Test
    void all_job_types_describe_their_settings() {
        assertThat(TYPES.all())
                .extracting(type -> type.jobType())
                .containsExactly(
                        "blender-render",
                        "blender-render-progressive",
                        "blender-video-chunks",
                        "exec-command",
                        "sleep",
                        "test-pattern");
        assertThat(TYPES.all())
                .flatExtracting(type -> type.settings())
                .allSatisfy(setting -> assertThat(setting.help()).isNotBlank());
        assertThat(JobTypes.load(false).of("exec-command")).isEmpty();
    }
}

package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.TaskDraft;
import io.flamenco.shared.wire.TaskCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Builds up the tasks of one progressive render, round after round of samples. Later rounds have lower priority than
 * earlier ones, while merging and previews come before all rendering.
 */
final class ProgressiveTasks {

    private static final String FRAME_MARK = "######";
    private static final int SOON = 1;
    private static final int LESS_PER_ROUND = 10;

    private final JobSettings settings;
    private final Drafts drafts = new Drafts();
    private final FrameRange frames;
    private final String renderOutput;
    private final FarmPath target;
    private final FarmPath intermediate;
    private final String blender;
    private final String file;
    private List<Integer> beforeRendering = List.of();
    private List<Integer> previousStage = List.of();
    private List<Integer> previousPreview = List.of();
    private List<Integer> previousVideo = List.of();
    private String merged = "";
    private int round;
    private int samplesSoFar;

    ProgressiveTasks(JobToCompile job, JobSettings settings) throws CompilationFailure {
        this.settings = settings;
        this.frames = settings.frames();
        this.renderOutput = new FarmPath(settings.text("render_output")).text();
        this.target = new FarmPath(renderOutput).parent();
        this.intermediate = target.intermediate(job.created());
        this.blender = settings.text("blender_cmd");
        this.file = BlenderJob.file(settings);
    }

    List<TaskDraft> drafts() {
        return drafts.tasks();
    }

    /** What comes before all rendering. */
    void begin() throws CompilationFailure {
        int destroy = drafts.add(
                "destroy-preexisting-intermediate",
                TaskTypes.FILE_MANAGEMENT,
                List.of(),
                command("remove_tree", "path", intermediate.text()));
        beforeRendering = BlenderJob.overrides(settings, drafts, List.of(destroy));
    }

    /** Renders some samples of all frames, merges them with those before, and shows how it looks. */
    void addRound(SampleChunk chunk) throws CompilationFailure {
        String rendered = String.format(Locale.ROOT, "render-smpl-%04d-%04d-", chunk.from(), chunk.to());
        List<Integer> renders = addRenders(chunk, rendered);
        if (round == 0) {
            previousStage = renders;
            merged = rendered;
        } else {
            addMerge(chunk, rendered, renders);
        }
        addPreview();
        samplesSoFar = chunk.to();
        round++;
    }

    private List<Integer> addRenders(SampleChunk chunk, String rendered) throws CompilationFailure {
        long wished = (long) settings.positive("chunk_size") * settings.positive("cycles_sample_cap");
        int mostSamples = (int) Math.min(Integer.MAX_VALUE, wished);
        List<Integer> renders = new ArrayList<>();
        for (FrameRange some : frames.chunks(chunk.framesPerTask(mostSamples, frames.count()))) {
            renders.add(drafts.add(
                    "render-s_" + chunk.from() + "-" + chunk.to() + "-f_" + some.merged(),
                    TaskTypes.BLENDER_RENDER,
                    -LESS_PER_ROUND * round,
                    beforeRendering,
                    command(
                            "blender_render_progressive",
                            "blender_cmd",
                            blender,
                            "filepath",
                            file,
                            "format",
                            settings.text("format"),
                            "render_output",
                            intermediate.child(rendered + FRAME_MARK).text(),
                            "frames",
                            some.blenderStyle(),
                            "cycles_num_chunks",
                            settings.positive("cycles_sample_count"),
                            "cycles_chunk_start",
                            chunk.from(),
                            "cycles_chunk_end",
                            chunk.to())));
        }
        return renders;
    }

    private void addMerge(SampleChunk chunk, String rendered, List<Integer> renders) {
        String output = String.format(Locale.ROOT, "merge-smpl-%04d-", chunk.to());
        List<TaskCommand> merges = new ArrayList<>();
        for (FrameRange run : frames.runs()) {
            merges.add(command(
                    "merge_progressive_render_sequence",
                    "blender_cmd",
                    blender,
                    "input1",
                    exr(merged, run.first()),
                    "input2",
                    exr(rendered, run.first()),
                    "output",
                    intermediate.child(output + FRAME_MARK).text(),
                    "weight1",
                    samplesSoFar,
                    "weight2",
                    chunk.size(),
                    "frame_start",
                    run.first(),
                    "frame_end",
                    run.last()));
        }
        List<Integer> parents = new ArrayList<>(previousStage);
        parents.addAll(renders);
        int merge = drafts.add(
                "merge-to-s_" + chunk.to() + "-f_" + frames.first() + "-" + frames.last(),
                TaskTypes.EXR_MERGE,
                SOON,
                parents,
                merges.toArray(TaskCommand[]::new));
        previousStage = List.of(merge);
        merged = output;
    }

    private void addPreview() throws CompilationFailure {
        int preview = drafts.add(
                "create-preview-images",
                TaskTypes.BLENDER_RENDER,
                SOON,
                joined(previousPreview, previousStage),
                command(
                        "exr_sequence_to_jpeg",
                        "blender_cmd",
                        blender,
                        "filepath",
                        file,
                        "exr_glob",
                        intermediate.child(merged + "*.exr").text(),
                        "output_pattern",
                        "preview-" + FRAME_MARK));
        previousPreview = List.of(preview);
        if (frames.count() > 1) {
            int video = drafts.add(
                    "create-preview-video",
                    TaskTypes.VIDEO_ENCODING,
                    SOON,
                    joined(previousVideo, previousPreview),
                    command(
                            "create_video",
                            "input_files",
                            intermediate.child("preview-*.jpg").text(),
                            "output_file",
                            intermediate.child("preview.mkv").text(),
                            "fps",
                            settings.number("fps"),
                            "ffmpeg_cmd",
                            "{ffmpeg}"));
            previousVideo = List.of(video);
        }
    }

    /** Moves the finished pictures to their final place. */
    void publish() {
        int clear = drafts.add(
                "move-outdir-out-of-way",
                TaskTypes.FILE_MANAGEMENT,
                SOON,
                previousStage,
                command("move_out_of_way", "src", target.text()));
        List<TaskCommand> exrs = new ArrayList<>();
        List<TaskCommand> jpegs = new ArrayList<>();
        for (int frame : frames.frames()) {
            exrs.add(copy(exr(merged, frame), published(frame, ".exr")));
            jpegs.add(copy(intermediate.child("preview-" + six(frame) + ".jpg").text(), published(frame, ".jpg")));
        }
        addPublishing("publish-exr-to-output", List.of(clear), exrs);
        addPublishing("publish-jpeg-to-output", joined(previousPreview, List.of(clear)), jpegs);
        if (frames.count() > 1) {
            addPublishing(
                    "publish-video-to-output",
                    joined(previousVideo, List.of(clear)),
                    List.of(copy(
                            intermediate.child("preview.mkv").text(),
                            target.child("preview.mkv").text())));
        }
    }

    private void addPublishing(String name, List<Integer> parents, List<TaskCommand> commands) {
        drafts.add(name, TaskTypes.FILE_MANAGEMENT, SOON, parents, commands.toArray(TaskCommand[]::new));
    }

    private String published(int frame, String extension) {
        return renderOutput.substring(0, renderOutput.length() - FRAME_MARK.length()) + six(frame) + extension;
    }

    private String exr(String prefix, int frame) {
        return intermediate.child(prefix + six(frame) + ".exr").text();
    }

    private static TaskCommand copy(String from, String to) {
        return command("copy_file", "src", from, "dest", to);
    }

    private static String six(int frame) {
        return String.format(Locale.ROOT, "%06d", frame);
    }

    private static List<Integer> joined(List<Integer> first, List<Integer> second) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}

package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.util.List;

/** Renders frames with Blender into a directory beside the target, joins them to a video, moves both to the target. */
final class BlenderRenderCompiler implements JobCompiler {

    @Override
    public String jobType() {
        return "blender-render";
    }

    @Override
    public String description() {
        return "Renders frames with Blender, and joins them to a video when Workers can.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Describe.FILEPATH,
                Describe.RENDER_OUTPUT,
                Describe.FRAMES,
                Describe.CHUNK_SIZE,
                Describe.optional(
                        "format",
                        SettingDescription.Type.TEXT,
                        "PNG",
                        "Format",
                        "Blender's name of the file format, such as PNG."),
                Describe.fps("Speed of the video."),
                Describe.choice(
                        "images_or_video",
                        false,
                        List.of("images", "video"),
                        "Pictures or video",
                        "What Blender writes; a video is made of pictures only."),
                Describe.optional(
                        "output_file_extension",
                        SettingDescription.Type.TEXT,
                        ".png",
                        "Extension",
                        "Of the pictures, with its dot: .png"),
                Describe.BLENDER_CMD,
                Describe.RNA_OVERRIDES);
    }

    @Override
    public List<String> check(JobToCompile job) {
        return BlenderJob.checkFile(job);
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) throws CompilationFailure {
        JobSettings settings = new JobSettings(job.settings());
        FrameRange frames = settings.frames();
        FarmPath output = new FarmPath(settings.text("render_output"));
        Publishing publishing = Publishing.of(job, output);
        Drafts drafts = new Drafts();
        List<Integer> before = BlenderJob.overrides(settings, drafts, List.of());
        FarmPath pattern = publishing.intermediate().child(output.name());
        List<Integer> rendered = render(settings, frames, pattern, drafts, before);
        if (Publishing.videoWanted(job, settings, frames)) {
            String stem = new FarmPath(BlenderJob.file(settings)).stem();
            rendered = publishing.addVideo(
                    drafts,
                    rendered,
                    settings.text("output_file_extension"),
                    stem + "-" + settings.text("frames"),
                    settings.number("fps"));
        }
        publishing.addMove(drafts, rendered);
        return drafts.tasks();
    }

    private static List<Integer> render(
            JobSettings settings, FrameRange frames, FarmPath pattern, Drafts drafts, List<Integer> before)
            throws CompilationFailure {
        String blender = BlenderJob.blender(settings);
        String file = BlenderJob.file(settings);
        String format = settings.optionalText("format").orElse(null);
        return drafts.addChunks(
                TaskTypes.BLENDER_RENDER,
                frames.chunks(settings.positive("chunk_size")),
                before,
                chunk -> command(
                        "blender_render",
                        "blender_cmd",
                        blender,
                        "filepath",
                        file,
                        "format",
                        format,
                        "render_output",
                        pattern.text(),
                        "frames",
                        chunk.blenderStyle()));
    }
}

package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.util.List;

/** Renders an edit from Blender's sequencer in pieces, and joins the pieces and the sound to one video. */
final class VideoChunksCompiler implements JobCompiler {

    @Override
    public String jobType() {
        return "blender-video-chunks";
    }

    @Override
    public String description() {
        return "Renders an edit from Blender's sequencer in pieces, joined to one video with its sound.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Describe.FILEPATH,
                Describe.RENDER_OUTPUT,
                Describe.FRAMES,
                Describe.CHUNK_SIZE,
                Describe.required(
                        "output_file_extension",
                        SettingDescription.Type.TEXT,
                        ".mkv",
                        "Extension",
                        "Of the video: .mkv"),
                Describe.choice("images_or_video", true, List.of("video"), "Pictures or video", "Must be video."),
                Describe.required(
                        "fps", SettingDescription.Type.NUMBER, 24, "Frames per second", "Speed of the video."),
                Describe.required(
                        "extract_audio",
                        SettingDescription.Type.BOOLEAN,
                        false,
                        "Sound",
                        "Whether the edit has sound."),
                Describe.BLENDER_CMD,
                Describe.RNA_OVERRIDES);
    }

    @Override
    public List<String> check(JobToCompile job) {
        return BlenderJob.checkFile(job);
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) throws CompilationFailure {
        VideoChunksTasks tasks = new VideoChunksTasks(job, new JobSettings(job.settings()));
        tasks.begin();
        tasks.addChunks();
        tasks.join();
        return tasks.drafts();
    }
}

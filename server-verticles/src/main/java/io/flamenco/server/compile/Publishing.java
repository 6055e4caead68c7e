package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Joins pictures to a video where that makes sense, and moves a finished directory to its final place.
 *
 * @param intermediate where the tasks of the job put their pictures
 * @param target where people expect them
 */
record Publishing(FarmPath intermediate, FarmPath target) {

    private static final Set<String> NOT_FOR_VIDEO = Set.of("EXR", "MULTILAYER", "OPEN_EXR", "OPEN_EXR_MULTILAYER");

    /** For a job whose {@code render_output} is a pattern below the target directory. */
    static Publishing of(JobToCompile job, FarmPath renderOutput) throws CompilationFailure {
        FarmPath target = renderOutput.parent();
        return new Publishing(target.intermediate(job.created()), target);
    }

    /** Whether the pictures shall be joined to a video, and the Manager has Workers that can. */
    static boolean videoWanted(JobToCompile job, JobSettings settings, FrameRange frames) throws CompilationFailure {
        Optional<String> format = settings.optionalText("format");
        return settings.optionalText("images_or_video").filter("images"::equals).isPresent()
                && frames.count() >= 2
                && format.isPresent()
                && !NOT_FOR_VIDEO.contains(format.get())
                && settings.optionalNumber("fps").isPresent()
                && settings.optionalText("output_file_extension").isPresent()
                && job.managerTaskTypes().contains(TaskTypes.VIDEO_ENCODING);
    }

    /** Adds the task that makes the video; returns what comes next has to wait for. */
    List<Integer> addVideo(Drafts drafts, List<Integer> pictures, String extension, String name, Number fps) {
        int video = drafts.add(
                "create-video",
                TaskTypes.VIDEO_ENCODING,
                pictures,
                command(
                        "create_video",
                        "input_files",
                        intermediate.child("*" + extension).text(),
                        "output_file",
                        intermediate.child(name + ".mkv").text(),
                        "fps",
                        fps,
                        "ffmpeg_cmd",
                        "{ffmpeg}"));
        return List.of(video);
    }

    /** Adds the task that moves everything to its final place. */
    void addMove(Drafts drafts, List<Integer> parents) {
        drafts.add(
                "move-to-final",
                TaskTypes.FILE_MANAGEMENT,
                parents,
                command("move_to_final", "src", intermediate.text(), "dest", target.text()));
    }
}

package io.flamenco.benchmarks.farm;

import java.util.HexFormat;
import java.util.List;

/**
 * An endless supply of tasks like those of a film's farm: jobs of 98 chunks of frames, one video that needs all of them,
 * and one file move that needs the video. The task with the number n is always the same.
 */
public final class TaskSupply {

    /** What a Worker must support to run every task. */
    public static final List<String> TASK_TYPES = List.of("blender-render", "video-encoding", "file-management");

    private static final int TASKS_PER_JOB = 100;
    private static final int FRAMES_AT = TASKS_PER_JOB - 2;
    private static final String MANAGER = "5f0000000000000000000001";
    private static final String PROJECT = "5f0000000000000000000002";
    private static final String USER = "5f0000000000000000000003";

    private TaskSupply() {}

    /** The id of the task with that number; later ones have greater ids. */
    public static String id(long number) {
        return "5f1000000000" + HexFormat.of().toHexDigits(number, 12);
    }

    /** The task's document as the Server gives it to a Manager. */
    public static String json(long number) {
        long job = number / TASKS_PER_JOB;
        int inJob = (int) (number % TASKS_PER_JOB);
        if (inJob < FRAMES_AT) {
            return render(number, job, inJob);
        }
        return inJob == FRAMES_AT ? video(number, job) : move(number, job);
    }

    /** A task of a type that nothing else has, for a Worker that shall be the only one to get it. */
    public static String ofType(long number, String taskType) {
        return task(
                number, number / TASKS_PER_JOB, "probe", taskType, "", "\"echo\",\"settings\":{\"message\":\"probe\"}");
    }

    private static String render(long number, long job, int inJob) {
        int first = inJob * 5 + 1;
        String frames = first + "-" + (first + 4);
        String settings =
                "\"blender_render\",\"settings\":{\"blender_cmd\":\"{blender}\",\"chunk_size\":5,\"filepath\":"
                        + "\"{job_storage}/film/shot-" + job + "/animation.blend\",\"format\":\"PNG\",\"frames\":\""
                        + frames
                        + "\",\"render_output\":\"{render}/film/shot-" + job + "__intermediate/######\"}";
        return task(number, job, "blender-render-" + frames, "blender-render", "", settings);
    }

    private static String video(long number, long job) {
        StringBuilder parents = new StringBuilder(FRAMES_AT * 27);
        for (int i = 0; i < FRAMES_AT; i++) {
            parents.append(i == 0 ? "\"" : ",\"")
                    .append(id(job * TASKS_PER_JOB + i))
                    .append('"');
        }
        String settings = "\"create_video\",\"settings\":{\"ffmpeg_cmd\":\"{ffmpeg}\",\"fps\":24,\"input_files\":"
                + "\"{render}/film/shot-" + job + "__intermediate/*.png\",\"output_file\":\"{render}/film/shot-" + job
                + ".mkv\"}";
        return task(number, job, "create-video", "video-encoding", parents.toString(), settings);
    }

    private static String move(long number, long job) {
        String settings = "\"move_to_final\",\"settings\":{\"dest\":\"{render}/film/shot-" + job
                + "\",\"src\":\"{render}/film/shot-" + job + "__intermediate\"}";
        return task(number, job, "move-to-final", "file-management", "\"" + id(number - 1) + "\"", settings);
    }

    private static String task(
            long number, long job, String name, String taskType, String parents, String nameAndSettings) {
        return "{\"_id\":\"" + id(number) + "\",\"_etag\":\"etag-" + number + "\",\"job\":\"5f2000000000"
                + HexFormat.of().toHexDigits(job, 12) + "\",\"manager\":\"" + MANAGER + "\",\"project\":\"" + PROJECT
                + "\",\"user\":\"" + USER + "\",\"name\":\"" + name
                + "\",\"status\":\"claimed-by-manager\",\"priority\":50,\"job_priority\":50,\"job_type\":"
                + "\"blender-render\",\"task_type\":\"" + taskType + "\",\"commands\":[{\"name\":" + nameAndSettings
                + "}]" + (parents.isEmpty() ? "" : ",\"parents\":[" + parents + "]") + "}";
    }
}

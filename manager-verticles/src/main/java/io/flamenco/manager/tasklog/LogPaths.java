package io.flamenco.manager.tasklog;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the log of a task is: {@code job-<4 digits of the job>/<job>/task-<task>.txt} (Flamenco 2 protocol).
 *
 * @param directory the setting {@code task_logs_path}
 */
public record LogPaths(Path directory) {

    private static final JobId NO_JOB = new JobId("0".repeat(24));

    /** The log that is being written; a Manager's own test tasks have no job. */
    public Path current(@Nullable JobId job, TaskId task) {
        String hex = (job == null ? NO_JOB : job).hex();
        return directory.resolve("job-" + hex.substring(0, 4)).resolve(hex).resolve("task-" + task.hex() + ".txt");
    }

    /** The compressed copy of a log, beside it. */
    public static Path compressed(Path log) {
        return log.resolveSibling(log.getFileName() + ".gz");
    }
}

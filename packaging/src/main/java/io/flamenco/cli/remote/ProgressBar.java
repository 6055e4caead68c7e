package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.JobView;
import java.util.Locale;

/** How far a job is, in one line. */
final class ProgressBar {

    private static final int LEAST = 10;
    private static final int MOST = 50;

    private ProgressBar() {}

    /**
     * The line.
     *
     * @param width how many characters fit
     */
    static String line(JobView job, int width) {
        String tail = String.format(
                Locale.ROOT, " %3d%%  %d/%d tasks  %s", percent(job), job.completed(), job.tasks(), job.status());
        int room = Math.clamp(width - tail.length() - 3L, LEAST, MOST);
        int full = room * percent(job) / 100;
        return "[" + "#".repeat(full) + "-".repeat(room - full) + "]" + tail;
    }

    private static int percent(JobView job) {
        return job.tasks() == 0 ? 0 : (int) (100L * job.completed() / job.tasks());
    }
}

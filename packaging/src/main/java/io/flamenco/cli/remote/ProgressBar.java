package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.JobView;
import java.util.Locale;

/** How far a job is, in one line: what matters most comes first, since a narrow window shows no more. */
final class ProgressBar {

    private static final int LENGTH = 40;

    private ProgressBar() {}

    /** The line. */
    static String line(JobView job) {
        int full = LENGTH * percent(job) / 100;
        return String.format(
                Locale.ROOT,
                "%3d%%  %s  %d/%d tasks  [%s%s]",
                percent(job),
                job.status(),
                job.completed(),
                job.tasks(),
                "#".repeat(full),
                "-".repeat(LENGTH - full));
    }

    private static int percent(JobView job) {
        return job.tasks() == 0 ? 0 : (int) (100L * job.completed() / job.tasks());
    }
}

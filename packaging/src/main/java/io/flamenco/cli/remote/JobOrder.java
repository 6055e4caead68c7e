package io.flamenco.cli.remote;

import java.util.Locale;

/** What can be done to jobs. */
enum JobOrder {
    CANCEL("canceled", "Stops jobs."),
    PAUSE("paused", "Lets running tasks end and begins no others."),
    REQUEUE("queued again", "Runs again what is not completed, or everything when all is; also resumes paused jobs."),
    REQUEUE_FAILED("queued again", "Runs the failed tasks of queued or active jobs again."),
    RECREATE("compiled anew", "Compiles jobs anew; their tasks are replaced."),
    ARCHIVE("on its way to the archive", "Moves jobs that have ended to the archive."),
    RESTORE("on its way back", "Brings archived jobs back, with their tasks and logs."),
    DELETE("deleted", "Deletes jobs that do not run, with their tasks, logs and archives. Pictures stay.");

    private final String participle;
    private final String description;

    JobOrder(String participle, String description) {
        this.participle = participle;
        this.description = description;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String participle() {
        return participle;
    }

    String description() {
        return description;
    }
}

package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.JobView;
import io.flamenco.cli.jobs.JobWatch;
import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.ExitCode;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stays until a job has ended, with a progress bar when somebody watches, and says how it ended. */
final class Following {

    private final Remote remote;
    private final Optional<Integer> seconds;

    /**
     * @param seconds how long to stay at most; empty for as long as it takes
     */
    Following(Remote remote, Optional<Integer> seconds) {
        this.remote = remote;
        this.seconds = seconds;
    }

    /** Gives the exit code: done, not completed, or too late. */
    Future<Integer> untilEnded(JobView job) {
        Thread farewell = new Thread(() -> onSignal(job), "farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        Future<JobView> ended = new JobWatch(remote.vertx(), remote.jobs(), this::show).untilEnded(job);
        return seconds.map(most -> ended.timeout(most, TimeUnit.SECONDS)
                        .recover(failure -> Future.failedFuture(
                                failure instanceof TimeoutException ? tooLate(job, most) : failure)))
                .orElse(ended)
                .onComplete(over -> leaveBar())
                .onComplete(over -> forget(farewell))
                .compose(this::conclude);
    }

    private void onSignal(JobView job) {
        leaveBar();
        remote.screen().note("Job " + job.id() + " goes on. Follow it with: flamenco jobs wait " + job.id());
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException signalCame) {
            // It is said already.
        }
    }

    private void show(JobView job) {
        if (showsBar()) {
            remote.screen().overwrite(ProgressBar.line(job));
        }
    }

    /** Whatever is said next, also of a failure, begins on a line of its own. */
    private void leaveBar() {
        if (showsBar()) {
            remote.screen().note("");
        }
    }

    private boolean showsBar() {
        return remote.screen().terminal() && !remote.screen().json();
    }

    private Future<Integer> conclude(JobView job) {
        int exitCode = job.done() ? ExitCode.DONE : ExitCode.JOB_NOT_COMPLETED;
        Screen screen = remote.screen();
        if (screen.json()) {
            return remote.calls().get("jobs/" + job.id()).map(whole -> {
                screen.say(whole);
                return exitCode;
            });
        }
        String reason = job.reason().replaceAll("\\.$", "");
        String why = reason.isEmpty() || job.done() ? "" : " (" + reason + ")";
        screen.say("Job " + job.id() + " is " + job.status() + why + ": " + job.completed() + " of " + job.tasks()
                + " tasks are completed.");
        if (!job.done()) {
            screen.note("See why with: flamenco jobs log " + job.id());
        }
        return Future.succeededFuture(exitCode);
    }

    private static CommandFailure tooLate(JobView job, int seconds) {
        return new CommandFailure(
                ExitCode.TOO_LATE,
                "Job " + job.id() + " did not end within " + seconds
                        + " s; it goes on. Follow it with: flamenco jobs wait " + job.id());
    }
}

package io.flamenco.cli.jobs;

import io.flamenco.shared.id.JobId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Follows a job until it ends. */
public final class JobWatch {

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(250);
    private static final int MOST_FAILURES_IN_A_ROW = 20;

    private final Vertx vertx;
    private final JobsClient client;
    private final Consumer<JobView> onChange;
    private int failuresInARow;

    /**
     * @param onChange sees the job at first, and whenever its status or the number of completed tasks has changed
     */
    public JobWatch(Vertx vertx, JobsClient client, Consumer<JobView> onChange) {
        this.vertx = vertx;
        this.client = client;
        this.onChange = onChange;
    }

    /** The job once it has ended, well or not; a failure when the Server could not be asked 20 times in a row. */
    public Future<JobView> untilEnded(JobView job) {
        onChange.accept(job);
        return follow(job);
    }

    private Future<JobView> follow(JobView seen) {
        if (seen.ended()) {
            return Future.succeededFuture(seen);
        }
        return vertx.timer(LOOK_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                .compose(again -> look(seen.id(), seen))
                .compose(now -> {
                    if (now.status() != seen.status() || now.completed() != seen.completed()) {
                        onChange.accept(now);
                    }
                    return follow(now);
                });
    }

    private Future<JobView> look(JobId id, JobView before) {
        return client.job(id)
                .onSuccess(seen -> failuresInARow = 0)
                .recover(failure -> ++failuresInARow < MOST_FAILURES_IN_A_ROW
                        ? Future.succeededFuture(before)
                        : Future.failedFuture(failure));
    }
}

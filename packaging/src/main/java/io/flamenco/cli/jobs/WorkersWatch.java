package io.flamenco.cli.jobs;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for Workers of which the Server is told by a Manager. */
public final class WorkersWatch {

    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(200);

    private final Vertx vertx;
    private final JobsClient client;

    public WorkersWatch(Vertx vertx, JobsClient client) {
        this.vertx = vertx;
        this.client = client;
    }

    /** Succeeds when some Worker offers that task type, or the patience is over. */
    public Future<Void> untilOffered(String taskType, Duration patience) {
        if (patience.isNegative()) {
            return Future.succeededFuture();
        }
        return client.offeredTaskTypes()
                .compose(types -> types.contains(taskType)
                        ? Future.succeededFuture()
                        : vertx.timer(LOOK_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                                .compose(again -> untilOffered(taskType, patience.minus(LOOK_AGAIN_AFTER))));
    }
}

package io.flamenco.manager.tasklog;

import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/**
 * The owner of the log files of tasks. One instance is enough: its event loop does no more than sort what comes in, and the
 * writing is done off it, in batches.
 */
public final class TaskLogVerticle extends VerticleBase {

    private final FarmBus bus;
    private final LogWriter writer;
    private final LiveLog live;

    public TaskLogVerticle(Vertx vertx, FarmBus bus, Timers timers, TaskLogSettings settings) {
        this.bus = bus;
        this.live = new LiveLog(bus, timers);
        this.writer = new LogWriter(vertx, timers, settings, this::onDone);
    }

    @Override
    public Future<?> start() {
        bus.answer(
                TaskLogOrders.APPEND_LOG,
                order -> writer.append(order.jobId(), order.taskId(), order.text())
                        .map(Done.DONE));
        bus.answer(
                TaskLogOrders.ROTATE_LOG,
                order -> writer.rotate(order.jobId(), order.taskId()).map(Done.DONE));
        return Future.succeededFuture();
    }

    /** What was taken is in the files when this succeeds. */
    @Override
    public Future<?> stop() {
        return writer.finish().onSuccess(finished -> live.tellAll());
    }

    private void onDone(BlockingLogFiles.Outcome outcome) {
        outcome.grown().forEach(grown -> live.onGrown(outcome.task(), grown));
    }
}

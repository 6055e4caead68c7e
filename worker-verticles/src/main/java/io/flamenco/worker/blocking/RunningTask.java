package io.flamenco.worker.blocking;

import io.flamenco.shared.id.TaskId;
import io.flamenco.worker.blocking.TaskExecution.Ending;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task under way on a thread of its own. */
public final class RunningTask {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);

    private final TaskId id;
    private final TaskReport report;
    private final Thread thread;
    private final Future<Ending> ended;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();

    /** Why a task is stopped. */
    public sealed interface Stop {

        /**
         * It may not run on this Worker any longer, so the Manager gets it back.
         *
         * @param reason what the log says after "stopped running this task, "
         */
        record HandBack(String reason) implements Stop {}

        /** The Worker shuts down; the Manager takes the task back when it signs off. */
        record ShutDown() implements Stop {}
    }

    private RunningTask(TaskId id, TaskReport report, Thread thread, Future<Ending> ended) {
        this.id = id;
        this.report = report;
        this.thread = thread;
        this.ended = ended;
    }

    /** Starts the task; its end is told on the event loop of the caller. */
    public static RunningTask start(Vertx vertx, TaskId id, TaskReport report, TaskExecution execution) {
        Context context = vertx.getOrCreateContext();
        Promise<Ending> ended = Promise.promise();
        Thread thread = Thread.ofVirtual().name("task-" + id).unstarted(() -> {
            Ending ending = guarded(id, execution);
            context.runOnContext(ignored -> ended.complete(ending));
        });
        thread.start();
        return new RunningTask(id, report, thread, ended.future());
    }

    /** What cannot even be reported, because the outbox fails, must not stop the loop. */
    private static Ending guarded(TaskId id, TaskExecution execution) {
        try {
            return execution.run();
        } catch (RuntimeException e) {
            LOG.error("A task could not be reported. task={}", id, e);
            return Ending.FAILED;
        }
    }

    public TaskId id() {
        return id;
    }

    public TaskReport report() {
        return report;
    }

    /** What became of it; never fails. */
    public Future<Ending> ended() {
        return ended;
    }

    /** Why it was told to stop; empty when it was not. */
    public Optional<Stop> stopping() {
        return Optional.ofNullable(stop.get());
    }

    /** Tells it to stop; only the first reason counts. */
    public void stop(Stop reason) {
        if (stop.compareAndSet(null, reason)) {
            if (reason instanceof Stop.HandBack) {
                report.onlyLogFromNow();
            }
            thread.interrupt();
        }
    }
}

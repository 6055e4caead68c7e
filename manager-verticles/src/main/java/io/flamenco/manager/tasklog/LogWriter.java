package io.flamenco.manager.tasklog;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes logs in batches. While one batch is being written, what comes in collects in the next, grouped by task; so a slow
 * disk makes larger batches rather than a longer queue of small writes. One event loop only.
 */
final class LogWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    /** More text than this is not held in memory while the disk is busy, in characters. */
    private static final int MOST_WAITING = 64 * 1024 * 1024;

    private final Vertx vertx;
    private final LogPaths paths;
    private final BlockingLogFiles files;
    private final Consumer<BlockingLogFiles.Outcome> listener;
    private Batch collecting = new Batch();
    private boolean writing;

    private static final class Batch {
        final Map<TaskId, LogWork> works = new LinkedHashMap<>();
        final Promise<Void> written = Promise.promise();
        int waiting;
    }

    /**
     * @param listener is told what became of each log, on the event loop
     */
    LogWriter(Vertx vertx, TaskLogSettings settings, Consumer<BlockingLogFiles.Outcome> listener) {
        this.vertx = vertx;
        this.paths = new LogPaths(settings.directory());
        this.files = new BlockingLogFiles(settings.syncEachWrite());
        this.listener = listener;
    }

    /**
     * Adds text to a log.
     *
     * @return succeeds when it is in the file, or when the disk refused it, which is logged; fails with status 503 when too
     *     much waits for the disk
     */
    Future<Void> append(@Nullable JobId job, TaskId task, String text) {
        if (collecting.waiting > MOST_WAITING) {
            return Future.failedFuture(
                    new HttpFailure(
                            503,
                            "The disk with the task logs is too slow for what the Workers send; the text will be taken later."));
        }
        collecting.waiting += text.length();
        workOn(job, task).append(text);
        return soon();
    }

    /** Puts the current file of a log aside. */
    Future<Void> rotate(@Nullable JobId job, TaskId task) {
        workOn(job, task).rotate();
        return soon();
    }

    /** Succeeds when all that was asked for so far is done. */
    Future<Void> finish() {
        return soon();
    }

    private LogWork workOn(@Nullable JobId job, TaskId task) {
        return collecting.works.computeIfAbsent(task, id -> new LogWork(id, paths.current(job, id)));
    }

    private Future<Void> soon() {
        Future<Void> written = collecting.written.future();
        if (!writing) {
            write();
        }
        return written;
    }

    private void write() {
        Batch batch = collecting;
        collecting = new Batch();
        writing = true;
        List<LogWork> works = List.copyOf(batch.works.values());
        vertx.executeBlocking(() -> files.carryOut(works), false).onComplete(outcomes -> {
            if (outcomes.succeeded()) {
                outcomes.result().forEach(this::onDone);
            } else {
                LOG.error("Task logs could not be written. tasks={}", works.size(), outcomes.cause());
            }
            batch.written.complete();
            writing = false;
            if (!collecting.works.isEmpty()) {
                write();
            } else {
                collecting.written.tryComplete();
                collecting = new Batch();
            }
        });
    }

    private void onDone(BlockingLogFiles.Outcome outcome) {
        for (IOException failure : outcome.failures()) {
            LOG.warn(
                    "Text for a task log was lost: check the disk and the permissions of {}. task={} reason={}",
                    directory(),
                    outcome.task(),
                    failure.toString());
        }
        listener.accept(outcome);
    }

    private Path directory() {
        return paths.directory();
    }
}

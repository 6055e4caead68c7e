package io.flamenco.manager.tasklog;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes logs in batches. While one batch is being written, what comes in collects in the next, grouped by task; so a slow
 * disk makes larger batches rather than a longer queue of small writes. Text that the disk refuses is kept and tried again
 * with the next batch, or after a while. One event loop only.
 */
final class LogWriter {

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    /** More text than this is not held in memory while the disk is busy, nor while it refuses, in characters. */
    private static final int MOST_WAITING = 64 * 1024 * 1024;

    private final Vertx vertx;
    private final Timers timers;
    private final LogPaths paths;
    private final BlockingLogFiles files;
    private final Consumer<BlockingLogFiles.Outcome> listener;
    private final Map<TaskId, LogWork> refused = new LinkedHashMap<>();
    private Batch collecting = new Batch();
    private boolean writing;
    private boolean retryPlanned;
    private int refusedCharacters;

    private static final class Batch {
        final Map<TaskId, LogWork> works = new LinkedHashMap<>();
        final Promise<Void> written = Promise.promise();
        int waiting;
    }

    /**
     * @param listener is told what became of each log, on the event loop
     */
    LogWriter(Vertx vertx, Timers timers, TaskLogSettings settings, Consumer<BlockingLogFiles.Outcome> listener) {
        this.vertx = vertx;
        this.timers = timers;
        this.paths = new LogPaths(settings.directory());
        this.files = new BlockingLogFiles(settings.syncEachWrite());
        this.listener = listener;
    }

    /**
     * Adds text to a log.
     *
     * @return succeeds when it is in the file, or when the disk refused it, which is logged, and it is kept; fails with
     *     status 503 when too much waits for the disk
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
        List<LogWork> works = withRefused(batch);
        vertx.executeBlocking(() -> files.carryOut(works), false)
                .onFailure(failure -> LOG.error("Task logs could not be written. tasks={}", works.size(), failure))
                .onSuccess(this::onDone)
                .onComplete(ended -> next(batch));
    }

    private void next(Batch written) {
        written.written.complete();
        writing = false;
        if (!collecting.works.isEmpty()) {
            write();
        } else {
            collecting.written.tryComplete();
            collecting = new Batch();
            writeRefusedLater();
        }
    }

    private List<LogWork> withRefused(Batch batch) {
        Map<TaskId, LogWork> works = new LinkedHashMap<>(refused);
        batch.works.forEach((task, work) -> works.merge(task, work, LogWork::then));
        refused.clear();
        refusedCharacters = 0;
        return List.copyOf(works.values());
    }

    private void writeRefusedLater() {
        if (!refused.isEmpty() && !retryPlanned) {
            retryPlanned = true;
            timers.once("write refused task logs", AGAIN_AFTER, this::writeRefused);
        }
    }

    private void writeRefused() {
        retryPlanned = false;
        if (!writing) {
            write();
        }
    }

    private void onDone(List<BlockingLogFiles.Outcome> outcomes) {
        outcomes.stream()
                .filter(outcome -> !outcome.failures().isEmpty())
                .findFirst()
                .ifPresent(this::complain);
        outcomes.forEach(outcome -> {
            keep(outcome.left());
            listener.accept(outcome);
        });
    }

    /** Once for a batch: when one log cannot be written, many cannot. */
    private void complain(BlockingLogFiles.Outcome outcome) {
        LOG.warn(
                "The disk refuses task logs; their text is kept in memory for now. Check the disk and the permissions of"
                        + " {}. task={} reason={}",
                paths.directory(),
                outcome.task(),
                outcome.failures().getFirst().toString());
    }

    private void keep(LogWork left) {
        if (left.steps().isEmpty()) {
            return;
        }
        if (refusedCharacters + left.length() > MOST_WAITING) {
            LOG.error("Text for a task log is lost, for the disk has refused too much of it. task={}", left.task());
            return;
        }
        refused.put(left.task(), left);
        refusedCharacters += left.length();
    }
}

package io.flamenco.manager.upstream;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the tasks of one answer of the Server while they arrive and hands them on in portions. While portions are being
 * merged the answer waits in the network, so that memory holds a few portions however many tasks there are.
 */
final class DepsgraphDownload {

    /** As many tasks as the scheduler takes at once without keeping Workers waiting, give or take those of one buffer. */
    private static final int PORTION = 250;

    /** While one is being stored the next one is read. */
    private static final int PORTIONS_UNDER_WAY = 2;

    private final HttpClientResponse response;
    private final Function<List<WireTask>, Future<?>> merge;
    private final ListItems items = new ListItems("depsgraph", this::onTask);
    private final Promise<Result> done = Promise.promise();
    private List<WireTask> portion = new ArrayList<>();
    private Future<?> merged = Future.succeededFuture();
    private int underWay;
    private int total;

    DepsgraphDownload(HttpClientResponse response, Function<List<WireTask>, Future<?>> merge) {
        this.response = response;
        this.merge = merge;
    }

    /**
     * What a download brought.
     *
     * @param tasks how many, all of them merged
     * @param cursor to begin the next download with; empty when the Server gave none
     */
    record Result(int tasks, Optional<String> cursor) {

        static Result nothingNew() {
            return new Result(0, Optional.empty());
        }
    }

    /** Succeeds when all tasks are merged; fails when one portion could not be, or the answer is broken off or malformed. */
    Future<Result> run() {
        response.exceptionHandler(this::onBroken);
        response.endHandler(ended -> guarded(this::onEnd));
        response.handler(part -> guarded(() -> onPart(part)));
        return done.future();
    }

    private void onPart(Buffer part) {
        items.add(part.getBytes());
        if (portion.size() >= PORTION) {
            mergePortion();
        }
    }

    private void onTask(byte[] text) {
        portion.add(WireJson.read(text, WireTask.class));
    }

    private void mergePortion() {
        List<WireTask> tasks = List.copyOf(portion);
        portion = new ArrayList<>();
        total += tasks.size();
        underWay++;
        if (underWay >= PORTIONS_UNDER_WAY) {
            response.pause();
        }
        Future<?> merging = merge.apply(tasks).onComplete(this::onMerged, done::tryFail);
        merged = merged.compose(before -> merging);
    }

    private void onMerged(Object outcome) {
        underWay--;
        response.resume();
    }

    private void onEnd() {
        items.end();
        if (!portion.isEmpty()) {
            mergePortion();
        }
        merged.onComplete(
                all -> done.tryComplete(
                        new Result(total, Optional.ofNullable(response.getHeader("X-Flamenco-Last-Updated")))),
                done::tryFail);
    }

    private void guarded(Runnable reading) {
        if (done.future().isComplete()) {
            return;
        }
        try {
            reading.run();
        } catch (WireJsonException malformed) {
            onBroken(malformed);
        }
    }

    private void onBroken(Throwable failure) {
        done.tryFail(new HttpFailure(
                502,
                "The Server's list of tasks could not be read (" + failure.getMessage()
                        + "); it will be asked for again."));
    }
}

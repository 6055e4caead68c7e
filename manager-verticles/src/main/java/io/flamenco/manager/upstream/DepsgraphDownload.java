package io.flamenco.manager.upstream;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.JsonEvent;
import io.vertx.core.parsetools.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the tasks of one answer of the Server while they arrive and hands them on in portions. While a portion is being
 * merged the answer waits in the network, so that memory holds about one portion however many tasks there are.
 */
final class DepsgraphDownload {

    private static final int PORTION = 1_000;

    private final HttpClientResponse response;
    private final Function<List<WireTask>, Future<?>> merge;
    private final Promise<Result> done = Promise.promise();
    private List<WireTask> portion = new ArrayList<>();
    private int total;
    private boolean insideList;
    private boolean whole;

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
        JsonParser parser = JsonParser.newParser(response);
        parser.exceptionHandler(this::onBroken);
        parser.endHandler(ended -> onEnd());
        parser.handler(event -> onEvent(parser, event));
        return done.future();
    }

    private void onEvent(JsonParser parser, JsonEvent event) {
        switch (event.type()) {
            case START_ARRAY -> {
                if ("depsgraph".equals(event.fieldName())) {
                    insideList = true;
                    parser.objectValueMode();
                }
            }
            case END_ARRAY -> {
                insideList = false;
                parser.objectEventMode();
            }
            case VALUE -> {
                if (insideList && event.isObject()) {
                    onTask(parser, event);
                }
            }
            case END_OBJECT -> whole = true;
            default -> {
                // other keys of the document mean nothing to us
            }
        }
    }

    private void onTask(JsonParser parser, JsonEvent event) {
        try {
            portion.add(WireJson.fromJson(event.objectValue(), WireTask.class));
        } catch (WireJsonException malformed) {
            onBroken(malformed);
            return;
        }
        if (portion.size() >= PORTION) {
            parser.pause();
            mergePortion().onComplete(merged -> parser.resume(), this::fail);
        }
    }

    private Future<?> mergePortion() {
        List<WireTask> tasks = List.copyOf(portion);
        portion = new ArrayList<>();
        total += tasks.size();
        return tasks.isEmpty() ? Future.succeededFuture() : merge.apply(tasks);
    }

    private void onEnd() {
        if (!whole) {
            onBroken(new WireJsonException("it ends too early"));
            return;
        }
        mergePortion()
                .onComplete(
                        merged -> done.tryComplete(
                                new Result(total, Optional.ofNullable(response.getHeader("X-Flamenco-Last-Updated")))),
                        this::fail);
    }

    private void onBroken(Throwable failure) {
        fail(new HttpFailure(
                502,
                "The Server's list of tasks could not be read (" + failure.getMessage()
                        + "); it will be asked for again."));
    }

    private void fail(Throwable failure) {
        done.tryFail(failure);
    }
}

package io.flamenco.benchmarks.farm;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A Server as a Manager sees it. It gives tasks of a {@link TaskSupply}, takes every update, and confirms that each task
 * is unchanged. It checks no credentials.
 */
public final class FakeServer {

    /** How the Server treats the requests that come from now on. */
    public sealed interface Manner {

        /** It answers at once. */
        record Prompt() implements Manner {}

        /** It answers after that time. */
        record Slow(Duration roundTrip) implements Manner {}

        /** It accepts connections and requests and never answers. */
        record Hung() implements Manner {}
    }

    private final Vertx vertx;
    private final TaskQueue queue;
    private final UpdateCount updates = new UpdateCount();
    private volatile Manner manner = new Manner.Prompt();
    private volatile int port;

    private FakeServer(Vertx vertx, TaskQueue queue) {
        this.vertx = vertx;
        this.queue = queue;
    }

    /** A Server that listens on that port of the loopback interface; 0 is any free one. */
    public static Future<FakeServer> start(Vertx vertx, int port, TaskQueue queue) {
        FakeServer server = new FakeServer(vertx, queue);
        HttpServer http = vertx.createHttpServer().requestHandler(server::onRequest);
        return http.listen(port, "127.0.0.1").map(listening -> {
            server.port = listening.actualPort();
            return server;
        });
    }

    /** Where a Manager finds it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The tasks that it gives. */
    public TaskQueue queue() {
        return queue;
    }

    /** What it was told of tasks. */
    public UpdateCount updates() {
        return updates;
    }

    /** Requests from now on are treated like that; those that hang go on hanging. */
    public void behave(Manner wanted) {
        manner = wanted;
    }

    private void onRequest(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            switch (manner) {
                case Manner.Prompt prompt -> answer(request, body);
                case Manner.Slow slow ->
                    vertx.timer(slow.roundTrip().toMillis(), TimeUnit.MILLISECONDS)
                            .onSuccess(waited -> answer(request, body));
                case Manner.Hung hung -> {}
            }
        });
    }

    private void answer(HttpServerRequest request, Buffer body) {
        String path = request.path();
        if (path.endsWith("/depsgraph")) {
            giveTasks(request);
        } else if (path.endsWith("/task-update-batch")) {
            request.response().putHeader("Content-Type", "application/json").end(updates.take(body));
        } else if (path.contains("/flamenco/tasks/")) {
            request.response().setStatusCode(304).end();
        } else {
            request.response().setStatusCode(204).end();
        }
    }

    private void giveTasks(HttpServerRequest request) {
        boolean cleanSlate = request.getHeader("X-Flamenco-If-Updated-Since") == null;
        TaskQueue.Portion portion = queue.next(cleanSlate);
        HttpServerResponse response = request.response();
        if (portion.isEmpty()) {
            response.setStatusCode(cleanSlate ? 204 : 304).end();
            return;
        }
        response.setChunked(true)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Flamenco-Last-Updated", portion.cursor());
        write(response, portion).onSuccess(end -> queue.given(portion));
    }

    /** Writes the tasks in pieces and never holds more than a piece. */
    private static Future<Void> write(HttpServerResponse response, TaskQueue.Portion portion) {
        Promise<Void> ended = Promise.promise();
        write(response, portion, ended);
        return ended.future();
    }

    private static void write(HttpServerResponse response, TaskQueue.Portion portion, Promise<Void> ended) {
        if (portion.exhausted()) {
            response.end(portion.end()).onComplete(ended);
        } else {
            response.write(portion.nextPiece()).onComplete(written -> write(response, portion, ended), ended::fail);
        }
    }
}

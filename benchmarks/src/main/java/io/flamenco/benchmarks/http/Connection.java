package io.flamenco.benchmarks.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive connection that carries one request at a time. Opened by the first request, and again by the next one
 * after it broke. For one event loop.
 */
public final class Connection {

    private final NetClient client;
    private final SocketAddress address;
    private final AnswerParser parser = new AnswerParser();
    private @Nullable NetSocket socket;
    private @Nullable Promise<Answer> waiting;

    /** A connection to be opened to that address. */
    public Connection(NetClient client, SocketAddress address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Sends the prepared request.
     *
     * @return the answer; fails when the connection cannot be opened, or breaks before the answer is complete
     */
    public Future<Answer> send(Buffer request) {
        if (waiting != null) {
            return Future.failedFuture(new IllegalStateException("the connection still waits for an answer"));
        }
        Promise<Answer> promise = Promise.promise();
        waiting = promise;
        NetSocket open = socket;
        if (open != null) {
            open.write(request).onFailure(this::broke);
        } else {
            open(request);
        }
        return promise.future();
    }

    /** Ends the connection; a request under way fails. */
    public Future<Void> close() {
        NetSocket open = socket;
        return open == null ? Future.succeededFuture() : open.close();
    }

    private void open(Buffer request) {
        client.connect(address).onComplete(opened -> onOpened(opened, request), this::broke);
    }

    private void onOpened(NetSocket opened, Buffer request) {
        socket = opened;
        opened.handler(this::onBytes);
        opened.exceptionHandler(this::broke);
        opened.closeHandler(end -> broke(new IOException("the connection was closed by the Manager")));
        opened.write(request).onFailure(this::broke);
    }

    private void onBytes(Buffer chunk) {
        try {
            Answer answer = parser.feed(chunk.getBytes());
            if (answer != null) {
                settle(answer);
            }
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    private void settle(Answer answer) {
        Promise<Answer> promise = waiting;
        waiting = null;
        if (promise != null) {
            promise.complete(answer);
        }
    }

    private void broke(Throwable failure) {
        socket = null;
        Promise<Answer> promise = waiting;
        waiting = null;
        if (promise != null) {
            promise.fail(failure);
        }
    }
}

package io.flamenco.shared.http;

import io.flamenco.shared.http.blocking.BlockingResponseStream;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a role's whole database as it is now, one at a time. */
public final class BackupHandler implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(BackupHandler.class);

    private final Vertx vertx;
    private final Copy copy;
    private final AtomicBoolean busy;

    /** Writes the database. */
    @FunctionalInterface
    public interface Copy {

        /**
         * Writes all of it; blocks as long as that takes.
         *
         * @throws HttpFailure before anything is written, when there is nothing that can be backed up
         */
        void blockingWriteTo(OutputStream body) throws IOException;
    }

    /** @param busy shared by all instances of the role */
    public BackupHandler(Vertx vertx, Copy copy, AtomicBoolean busy) {
        this.vertx = vertx;
        this.copy = copy;
        this.busy = busy;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.request().method().equals(HttpMethod.HEAD)) {
            headers(context.response()).end();
            return;
        }
        if (!busy.compareAndSet(false, true)) {
            throw new HttpFailure(409, "Another backup is being made; wait until it is done.");
        }
        headers(context.response()).setChunked(true);
        vertx.executeBlocking(() -> written(context), false)
                .onComplete(done -> busy.set(false))
                .onSuccess(done -> LOG.info(
                        "A backup was made. client={}", context.request().remoteAddress()))
                .onFailure(failure -> fail(context, failure));
    }

    private static HttpServerResponse headers(HttpServerResponse response) {
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private Void written(RoutingContext context) throws IOException {
        BlockingResponseStream body = new BlockingResponseStream(context.response());
        copy.blockingWriteTo(body);
        body.close();
        return null;
    }

    /** A backup that breaks off must not look like a whole one. */
    private static void fail(RoutingContext context, Throwable failure) {
        if (context.response().headWritten()) {
            LOG.warn("A backup broke off. reason={}", failure.getMessage());
            context.response().reset();
        } else {
            context.fail(failure);
        }
    }
}

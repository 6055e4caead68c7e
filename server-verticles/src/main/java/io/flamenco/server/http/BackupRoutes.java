package io.flamenco.server.http;

import io.flamenco.mongo.BackupException;
import io.flamenco.mongo.BackupLabel;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.blocking.BlockingResponseStream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /api/v1/backup}: the whole embedded database as it is now, one at a time. */
public final class BackupRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(BackupRoutes.class);

    private final Vertx vertx;
    private final FarmDatabase database;
    private final Clock clock;
    private final String version;
    private final AtomicBoolean busy;

    /**
     * @param version of the program
     * @param busy shared by all instances
     */
    public BackupRoutes(Vertx vertx, FarmDatabase database, Clock clock, String version, AtomicBoolean busy) {
        this.vertx = vertx;
        this.database = database;
        this.clock = clock;
        this.version = version;
        this.busy = busy;
    }

    void mount(Router router) {
        router.get("/api/v1/backup").handler(this::backup);
    }

    private void backup(RoutingContext context) {
        if (!busy.compareAndSet(false, true)) {
            throw new HttpFailure(409, "Another backup is being made; wait until it is done.");
        }
        context.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        BackupLabel label = new BackupLabel("server", version, clock.instant());
        vertx.executeBlocking(() -> written(context, label), false)
                .onComplete(done -> busy.set(false))
                .onSuccess(done -> LOG.info(
                        "A backup was made. client={}", context.request().remoteAddress()))
                .onFailure(failure -> fail(context, failure));
    }

    private Void written(RoutingContext context, BackupLabel label) throws IOException {
        BlockingResponseStream body = new BlockingResponseStream(context.response());
        database.blockingBackup(label, body);
        body.close();
        return null;
    }

    /** A backup that breaks off must not look like a whole one. */
    private static void fail(RoutingContext context, Throwable failure) {
        if (context.response().headWritten()) {
            LOG.warn("A backup broke off. reason={}", failure.getMessage());
            context.response().reset();
        } else if (failure instanceof BackupException refused) {
            context.fail(new HttpFailure(409, "There is nothing to back up here: " + refused.getMessage() + "."));
        } else {
            context.fail(failure);
        }
    }
}

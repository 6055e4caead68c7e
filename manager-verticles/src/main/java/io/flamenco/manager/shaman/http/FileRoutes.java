package io.flamenco.manager.shaman.http;

import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.shaman.ShamanMetrics;
import io.flamenco.manager.shaman.blocking.BlockingCall;
import io.flamenco.manager.shaman.blocking.BodyStream;
import io.flamenco.manager.shaman.blocking.Shaman;
import io.flamenco.manager.shaman.blocking.UploadOutcome;
import io.flamenco.manager.shaman.domain.FileKey;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.file.FileProps;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single files, at {@code /files/{checksum}/{size}}: POST sends one, GET fetches it, OPTIONS asks whether it is there (Flamenco 2
 * protocol). All of it needs credentials.
 */
public final class FileRoutes implements RouteGroup {

    private static final Logger LOG = LoggerFactory.getLogger(FileRoutes.class);
    private static final String PATH = "/files/:checksum/:size";
    private static final int MOST_UPLOADS = 256;
    private static final int LONGEST_NAME = 200;

    /** What the original protocol answers while somebody else is sending the file. */
    private static final int BEING_SENT = 420;

    private final Vertx vertx;
    private final Shaman shaman;
    private final long largest;
    private final Handler<RoutingContext> gate;
    private final ShamanMetrics metrics;
    private final Incoming incoming;

    /**
     * @param largest bytes of the largest file that is taken
     * @param gate lets on only who shows credentials
     */
    public FileRoutes(Vertx vertx, Shaman shaman, long largest, Handler<RoutingContext> gate, ShamanMetrics metrics) {
        this.vertx = vertx;
        this.shaman = shaman;
        this.largest = largest;
        this.gate = gate;
        this.metrics = metrics;
        this.incoming = new Incoming(vertx);
    }

    @Override
    public void addTo(Router router) {
        router.options(PATH).handler(incoming).handler(gate).handler(this::look);
        router.get(PATH).handler(gate).handler(this::fetch);
        router.post(PATH).handler(incoming).handler(gate).handler(this::upload);
    }

    private void look(RoutingContext context) {
        FileKey key = key(context);
        BlockingCall.begin(vertx, "shaman-look", () -> shaman.store().status(key))
                .outcome()
                .onSuccess(status -> TextAnswers.nothing(
                        context,
                        switch (status) {
                            case STORED -> 200;
                            case UPLOADING -> BEING_SENT;
                            case UNKNOWN -> 404;
                        }))
                .onFailure(context::fail);
    }

    private void fetch(RoutingContext context) {
        FileKey key = key(context);
        String file = shaman.store().blob(key).toString();
        vertx.fileSystem()
                .props(file)
                .recover(failure -> Future.failedFuture(
                        failure.getCause() instanceof NoSuchFileException
                                ? new HttpFailure(404, "That file is not stored here.")
                                : failure))
                .compose(props -> send(context, key, file, props))
                .onFailure(context::fail);
    }

    private static Future<Void> send(RoutingContext context, FileKey key, String file, FileProps props) {
        if (props.size() != key.size()) {
            LOG.error("A stored file has changed on the disk. path={} size={}", file, props.size());
            throw new HttpFailure(500, "The stored file has another size than it should; remove it and send it again.");
        }
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/binary")
                .putHeader(HttpHeaders.ETAG, "\"" + key.checksum() + "-" + key.size() + "\"")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Shaman-Checksum", key.checksum());
        return context.response().sendFile(file);
    }

    private void upload(RoutingContext context) {
        FileKey key = key(context);
        boolean gzip = Incoming.isGzip(context.request());
        boolean mayDefer = "true".equals(context.request().getHeader("X-Shaman-Can-Defer-Upload"));
        if (key.size() > largest) {
            throw new HttpFailure(
                    413, "This Manager takes files of up to " + largest + " bytes: see shaman.maxFileMebibytes.");
        }
        if (shaman.live().count() >= MOST_UPLOADS) {
            throw new HttpFailure(503, "Too many files are being sent at once; try again in a moment.");
        }
        LOG.info(
                "A file is offered. remote={} checksum={} size={} name={} may_defer={}",
                context.request().remoteAddress().hostAddress(),
                key.checksum(),
                key.size(),
                printable(context.request().getHeader("X-Shaman-Original-Filename")),
                mayDefer);
        BodyStream body = incoming.body(context.request());
        BlockingCall.begin(vertx, "shaman-upload", () -> shaman.receive(key, mayDefer, gzip, body))
                .outcome()
                .onSuccess(outcome -> answer(context, key, outcome))
                .onFailure(context::fail);
    }

    private void answer(RoutingContext context, FileKey key, UploadOutcome outcome) {
        metrics.uploaded(outcome, key.size());
        log(key, outcome);
        switch (outcome) {
            case STORED -> TextAnswers.nothing(context, 204);
            case DEFERRED -> TextAnswers.nothing(context, 208);
            case ALREADY_STORED, OVERTAKEN -> {
                HttpServerResponse response = context.response();
                response.putHeader(HttpHeaders.LOCATION, context.request().uri());
                TextAnswers.nothing(context, 208);
            }
            case WRONG_SIZE -> refuse(context, 417, "The file is not as long as its address says.");
            case WRONG_CHECKSUM -> refuse(context, 417, "The file has another SHA-256 than its address says.");
            case BROKEN_BODY -> refuse(context, 400, "The compressed body is no gzip, or ends too early.");
            case DISK_FULL ->
                refuse(
                        context,
                        507,
                        "The disk of the file store is full; make room, or lower shaman.keepFreeMebibytes.");
            case FAILED -> refuse(context, 500, "The file could not be stored; the Manager's log tells why.");
            case SENDER_GONE -> context.response().reset();
        }
    }

    private static void refuse(RoutingContext context, int status, String sentence) {
        context.fail(new HttpFailure(status, sentence));
    }

    private static void log(FileKey key, UploadOutcome outcome) {
        switch (outcome) {
            case WRONG_SIZE, WRONG_CHECKSUM, BROKEN_BODY ->
                LOG.warn("A file was refused. checksum={} size={} outcome={}", key.checksum(), key.size(), outcome);
            default -> LOG.info("An upload ended. checksum={} size={} outcome={}", key.checksum(), key.size(), outcome);
        }
    }

    private static FileKey key(RoutingContext context) {
        String checksum = context.pathParam("checksum");
        String size = context.pathParam("size");
        if (!FileKey.isSha256(checksum)) {
            throw new HttpFailure(400, "The checksum must be a SHA-256: 64 hexadecimal digits in lower case.");
        }
        try {
            return new FileKey(checksum, Long.parseLong(size));
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(400, "The size must be a whole number of bytes, 0 or more.");
        }
    }

    private static String printable(@Nullable String name) {
        String text = name == null ? "" : name.replaceAll("[^\\p{Print}]", "?");
        return text.substring(0, Math.min(LONGEST_NAME, text.length()));
    }
}

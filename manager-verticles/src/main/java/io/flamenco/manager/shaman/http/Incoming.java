package io.flamenco.manager.shaman.http;

import io.flamenco.manager.shaman.blocking.BodyStream;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/**
 * What a request brings along. Nothing is read before somebody wants it.
 *
 * <p>An answer may be sent before the body was read, as the Flamenco 2 protocol wants it. It says that the connection ends, since
 * senders that would use it for their next request, such as Java's, mix that up with the rest of this one. The rest is thrown away
 * for a moment, so that the sender, who may look for an answer only when all is sent, finds no broken connection; then it ends.
 */
final class Incoming implements Handler<RoutingContext> {

    private static final long LINGER_MILLIS = 2000;

    private final Vertx vertx;

    Incoming(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Must be the first handler of a route. */
    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.pause();
        context.addHeadersEndHandler(head -> {
            if (bringsMore(request)) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        context.addEndHandler(sent -> {
            if (sent.succeeded() && bringsMore(request)) {
                throwAway(request);
            }
        });
        context.next();
    }

    private static boolean bringsMore(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean hasBody =
                length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
        return hasBody && !request.isEnded();
    }

    /** The body, for a thread that reads it. */
    BodyStream body(HttpServerRequest request) {
        boolean asksFirst = "100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
        return new BodyStream(vertx.getOrCreateContext(), request, () -> {
            if (asksFirst) {
                request.response().writeContinue();
            }
        });
    }

    /**
     * Whether the body is compressed.
     *
     * @throws HttpFailure of status 400 when it is encoded in another way than with gzip
     */
    static boolean isGzip(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "gzip" -> true;
            case "identity", "" -> false;
            default -> throw new HttpFailure(400, "Send the body as it is, or with \"Content-Encoding: gzip\".");
        };
    }

    private void throwAway(HttpServerRequest request) {
        long timer = vertx.setTimer(LINGER_MILLIS, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        request.handler((Buffer ignored) -> {});
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
        request.resume();
    }
}

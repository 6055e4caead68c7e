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
 * What a request brings along. Nothing is read before somebody wants it; what is left when the answer has been sent is thrown
 * away for a moment, so that the sender sees the answer, and then the connection ends.
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
        context.addEndHandler(sent -> {
            if (sent.succeeded() && !request.isEnded()) {
                throwAway(request);
            }
        });
        context.next();
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
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.resume();
    }
}

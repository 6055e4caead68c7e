package io.flamenco.shared.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers failed requests with a problem document (RFC 9457).
 *
 * <p>Unforeseen failures are logged once, here, with an id that the answer repeats; the answer tells nothing of the
 * cause.
 */
public final class ProblemJson implements Handler<RoutingContext> {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String REQUEST_ID = "X-Request-Id";
    private static final Logger LOG = LoggerFactory.getLogger(ProblemJson.class);

    private final Router router;

    /** @param router whose requests these are */
    public ProblemJson(Router router) {
        this.router = router;
    }

    @Override
    public void handle(RoutingContext context) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        Throwable failure = context.failure();
        if (failure instanceof HttpFailure known) {
            answer(context, known.status(), known.getMessage());
        } else if (failure == null || failure instanceof HttpException) {
            int status = context.statusCode() < 400 ? 500 : context.statusCode();
            if (status == 405) {
                String allowed = RouteMethods.allowedAt(router, WebPaths.asRouted(context));
                context.response().putHeader(HttpHeaders.ALLOW, allowed);
            }
            answer(context, status, sentence(status, context));
        } else if (failure instanceof DecoderException) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answer(context, 400, "The form in the body cannot be taken apart.");
        } else {
            String known = context.response().headers().get(REQUEST_ID);
            String id = known == null ? UUID.randomUUID().toString() : known;
            LOG.error(
                    "A request failed. request_id={} method={} path={}",
                    id,
                    context.request().method(),
                    context.request().path(),
                    failure);
            answer(context, 500, "An unforeseen error stopped this request; look for " + id + " in the log.");
        }
    }

    private static void answer(RoutingContext context, int status, String sentence) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", sentence);
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(problem.toBuffer());
    }

    private static String sentence(int status, RoutingContext context) {
        return switch (status) {
            case 404 -> "There is nothing at " + context.request().path() + ".";
            case 405 ->
                context.request().method() + " cannot be used on "
                        + context.request().path() + "; the header Allow names what can.";
            case 413 -> "The body of the request is larger than this address accepts.";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase() + ".";
        };
    }
}

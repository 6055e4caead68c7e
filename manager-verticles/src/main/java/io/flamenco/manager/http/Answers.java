package io.flamenco.manager.http;

import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** How calls of the Flamenco 2 protocol are answered: plain text, or compact JSON with a line break. */
final class Answers {

    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    private Answers() {}

    static void text(RoutingContext context, int status, String text) {
        end(context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .end(text));
    }

    static void nothing(RoutingContext context, int status) {
        end(context.response().setStatusCode(status).end());
    }

    static void json(RoutingContext context, int status, Object document) {
        end(sendJson(context, status, document));
    }

    /** As {@link #json}; tells whether it could be sent. */
    static Future<Void> sendJson(RoutingContext context, int status, Object document) {
        HttpServerResponse response = context.response();
        return response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(WireJson.write(document).appendByte((byte) '\n'));
    }

    private static void end(Future<Void> sent) {
        // Whoever asked has gone; there is nobody left to tell.
        sent.otherwiseEmpty();
    }
}

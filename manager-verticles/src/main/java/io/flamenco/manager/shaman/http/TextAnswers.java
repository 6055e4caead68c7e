package io.flamenco.manager.shaman.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Answers for uploaders, who read plain text. */
final class TextAnswers {

    private TextAnswers() {}

    static void text(RoutingContext context, int status, String text) {
        end(context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(text));
    }

    static void nothing(RoutingContext context, int status) {
        end(context.response().setStatusCode(status).end());
    }

    private static void end(Future<Void> sent) {
        // Whoever asked has gone; there is nobody left to tell.
        sent.otherwiseEmpty();
    }
}

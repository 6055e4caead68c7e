package io.flamenco.shared.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;

/** Puts the headers on each answer that keep a browser from doing what our pages never need. */
public final class SecurityHeaders implements SecurityPolicyHandler {

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:;"
            + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    @Override
    public void handle(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        context.next();
    }
}

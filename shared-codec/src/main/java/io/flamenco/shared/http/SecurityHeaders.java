package io.flamenco.shared.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;

/** Puts the headers on each answer that keep a browser from doing what our pages never need. */
public final class SecurityHeaders implements SecurityPolicyHandler {

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:%s;"
            + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private final String policy;

    public SecurityHeaders() {
        this("");
    }

    /** @param connectTo an origin that pages may call beside their own; may be empty */
    public SecurityHeaders(String connectTo) {
        this.policy = POLICY.formatted(connectTo.isEmpty() ? "" : " " + connectTo);
    }

    @Override
    public void handle(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
        context.next();
    }
}

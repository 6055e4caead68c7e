package io.flamenco.manager.http;

import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Lets a request on only when it shows the Manager's API token as a Bearer token. */
public final class BearerGate implements Handler<RoutingContext> {

    private final String token;

    /**
     * @param token the content of the file {@code api-token} in the data directory
     */
    public BearerGate(String token) {
        this.token = token;
    }

    @Override
    public void handle(RoutingContext context) {
        boolean known = Credentials.bearer(context.request().getHeader("Authorization"))
                .filter(shown -> Credentials.sameSecret(shown, token))
                .isPresent();
        if (known) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"Flamenco Manager\"");
            context.fail(new HttpFailure(
                    401,
                    "This needs the Manager's API token: send the header \"Authorization: Bearer …\" with the content"
                            + " of the file api-token in the Manager's data directory."));
        }
    }
}

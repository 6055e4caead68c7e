package io.flamenco.manager.http;

import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Lets a request on when somebody sends it who came through the {@link Door}, or who shows the Manager's API token. */
public final class BearerGate implements Handler<RoutingContext> {

    private final Optional<String> token;

    /**
     * @param token the content of the file {@code api-token} in the data directory
     */
    public BearerGate(String token) {
        this(Optional.of(token));
    }

    private BearerGate(Optional<String> token) {
        this.token = token;
    }

    /** A gate that lets everybody in, for {@code user_authentication: disableSecurity}. */
    public static BearerGate open() {
        return new BearerGate(Optional.empty());
    }

    @Override
    public void handle(RoutingContext context) {
        if (token.isEmpty() || Door.person(context).isPresent() || shows(context, token.get())) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"Flamenco Manager\"");
            context.fail(new HttpFailure(
                    401,
                    "This needs the Manager's API token: send the header \"Authorization: Bearer …\" with the content"
                            + " of the file api-token in the Manager's data directory."));
        }
    }

    private static boolean shows(RoutingContext context, String token) {
        return Credentials.bearer(context.request().getHeader("Authorization"))
                .filter(shown -> Credentials.sameSecret(shown, token))
                .isPresent();
    }
}

package io.flamenco.server.http;

import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.ApiTokens.ApiToken;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/** Tells those whose credentials are not good why, and what they can do. */
final class Strangers {

    private static final String WITHOUT =
            "Log in, or send an API token as Bearer token; the Server's own stands in the file api-token of its data directory.";
    private static final String ENDED = "The log-in has ended; log in again.";
    private static final String NO_TOKEN =
            "There is no token in the header Authorization; write it as \"Bearer\", a space and the token.";
    private static final String OF_NO_SERVER =
            "The token is neither this Server's own, which stands in the file api-token of its"
                    + " data directory, nor an API token of a user, which begins with " + ApiTokens.PREFIX
                    + ". It may be that of another Server, or not whole.";
    private static final String UNKNOWN =
            "The API token is not known here: it was revoked, has expired, belongs to another Server, or"
                    + " is not whole. Make a new one on the page Account, or with POST /api/v1/me/tokens.";
    private static final String LOCKED = "The user whose API token this is was locked or removed; ask an admin.";

    private final ApiTokens tokens;
    private final SessionCookie cookie;
    private final Clock clock;

    Strangers(ApiTokens tokens, SessionCookie cookie, Clock clock) {
        this.tokens = tokens;
        this.cookie = cookie;
        this.clock = clock;
    }

    /** Why the sender of that request counts as a stranger. */
    Future<String> why(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
            return ManagerLogin.token(context).map(this::why).orElse(Future.succeededFuture(NO_TOKEN));
        }
        return Future.succeededFuture(cookie.secret(context).isPresent() ? ENDED : WITHOUT);
    }

    private Future<String> why(String token) {
        return token.startsWith(ApiTokens.PREFIX)
                ? tokens.findEvenExpired(token)
                        .map(found -> found.map(this::why).orElse(UNKNOWN))
                : Future.succeededFuture(OF_NO_SERVER);
    }

    private String why(ApiToken token) {
        if (token.expires().isAfter(clock.instant())) {
            return LOCKED;
        }
        return "The API token \"" + token.name() + "\" expired at " + token.expires()
                + ". Make a new one on the page Account, or with POST /api/v1/me/tokens.";
    }
}

package io.flamenco.server.http;

import io.flamenco.server.domain.UserRole;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.Managers;
import io.flamenco.server.token.JwtKeys;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;

/** The Server's public key, and tokens for people who want to use a Manager. */
final class TokenRoutes {

    private final JwtKeys keys;
    private final Managers managers;
    private final FarmOwner owner;
    private final String apiToken;
    private final Clock clock;
    private final String keySince;

    TokenRoutes(JwtKeys keys, Managers managers, FarmOwner owner, String apiToken, Clock clock) {
        this.keys = keys;
        this.managers = managers;
        this.owner = owner;
        this.apiToken = apiToken;
        this.clock = clock;
        this.keySince = JsonDates.document(keys.since());
    }

    void mount(Router router) {
        router.get("/api/flamenco/jwt/public-keys").handler(Answering.with(this::publicKeys));
        router.get("/api/flamenco/jwt/generate-token/:mid").handler(Answering.with(this::token));
    }

    private Future<Void> publicKeys(RoutingContext context) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.LAST_MODIFIED, keySince);
        if (keySince.equals(context.request().getHeader(HttpHeaders.IF_MODIFIED_SINCE))) {
            return response.setStatusCode(304).end();
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain").end(keys.publicPem());
    }

    /** Without credentials the answer is 403, by which the Manager's pages know that they must send people to log in. */
    private Future<Void> token(RoutingContext context) {
        allowOrigin(context);
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean known = Credentials.bearer(header)
                .or(() -> Credentials.basic(header).map(Credentials.Basic::user))
                .filter(token -> Credentials.sameSecret(token, apiToken))
                .isPresent();
        if (!known) {
            throw new HttpFailure(403, "Only a user of this Server gets a token.");
        }
        ManagerId id = Requests.id(context, "mid", ManagerId::new);
        return managers.find(id).compose(found -> {
            if (found.isEmpty()) {
                throw new HttpFailure(404, "There is no Manager " + id + ".");
            }
            Instant now = clock.instant();
            return context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(keys.token(id, new JwtKeys.Holder(owner.user(), "admin", UserRole.ADMIN), now));
        });
    }

    private static void allowOrigin(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            context.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "x-requested-with")
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
    }
}

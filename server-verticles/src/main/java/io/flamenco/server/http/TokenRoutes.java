package io.flamenco.server.http;

import io.flamenco.server.store.Managers;
import io.flamenco.server.token.JwtKeys;
import io.flamenco.server.token.LinkMac;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The Server's public key, and tokens for people who want to use a Manager. */
final class TokenRoutes {

    private static final Duration LONGEST_PROOF = Duration.ofMinutes(15);

    private final JwtKeys keys;
    private final Managers managers;
    private final Access access;
    private final ProjectChoice projects;
    private final Clock clock;
    private final String keySince;

    TokenRoutes(JwtKeys keys, Managers managers, Access access, ProjectChoice projects, Clock clock) {
        this.keys = keys;
        this.managers = managers;
        this.access = access;
        this.projects = projects;
        this.clock = clock;
        this.keySince = JsonDates.document(keys.since());
    }

    void mount(Router router) {
        router.get("/api/flamenco/jwt/public-keys").handler(Answering.with(this::publicKeys));
        router.get("/api/flamenco/jwt/generate-token/:mid").handler(Answering.with(this::token));
        router.options("/api/flamenco/jwt/generate-token/:mid").handler(context -> {
            allowOrigin(context);
            context.response().setStatusCode(204).end();
        });
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
        return access.caller(context).compose(found -> {
            Caller caller = found.filter(one -> !one.held())
                    .orElseThrow(() -> new HttpFailure(403, "Only a user of this Server gets a token."));
            ManagerId id = Requests.id(context, "mid", ManagerId::new);
            return managers.find(id)
                    .map(manager -> manager.orElseThrow(() -> new HttpFailure(404, "There is no Manager " + id + ".")))
                    .compose(manager -> caller.means().sentByItself() ? proved(context, id) : Future.succeededFuture())
                    .compose(fine -> projects.mayUse(id, caller))
                    .compose(may -> may
                            ? send(context, id, caller)
                            : Future.failedFuture(new HttpFailure(
                                    401, caller.name() + " has no project that the Manager runs jobs of.")));
        });
    }

    private Future<Void> send(RoutingContext context, ManagerId manager, Caller caller) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(keys.token(
                        manager, new JwtKeys.Holder(caller.user(), caller.name(), caller.role()), clock.instant()));
    }

    /** A browser sends a session by itself, so the page must prove that it is the Manager's. */
    private Future<Void> proved(RoutingContext context, ManagerId manager) {
        String expires = Requests.query(context, "expires").orElse("");
        String hmac = Requests.query(context, "hmac").orElse("");
        return managers.token(manager).map(token -> {
            byte[] secret = token.orElseThrow(
                            () -> new HttpFailure(500, "The token of this Manager is not known; link it again."))
                    .getBytes(StandardCharsets.UTF_8);
            if (!LinkMac.fits(secret, expires + "-" + manager, hmac)) {
                throw new HttpFailure(401, "The request does not come from a page of this Manager.");
            }
            Instant until = JsonDates.parse(expires)
                    .orElseThrow(
                            () -> new HttpFailure(401, "\"expires\" must be a moment such as 2019-01-02T15:04:05Z."));
            Instant now = clock.instant();
            if (until.isBefore(now) || until.isAfter(now.plus(LONGEST_PROOF))) {
                throw new HttpFailure(401, "The request is too old, or the clocks of Manager and Server differ.");
            }
            return null;
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

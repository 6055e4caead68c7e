package io.flamenco.server.http;

import io.flamenco.server.store.Managers;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Tells which Manager calls, by its token: as user name of HTTP Basic, or as Bearer token. The checks and their order are
 * those of the Flamenco 2 protocol: who is nobody's Manager gets 403 rather than 401.
 */
final class ManagerLogin {

    private static final String KNOWN = "manager";

    private final Managers managers;

    ManagerLogin(Managers managers) {
        this.managers = managers;
    }

    /** The Manager that calls; fails with 403 when none does. */
    Future<ManagerId> caller(RoutingContext context) {
        return token(context)
                .map(managers::byToken)
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.orElseThrow(
                        () -> new HttpFailure(403, "Only a Manager with a valid token may call this.")));
    }

    /** The Manager in the path, which must be the one that calls. */
    Future<ManagerId> self(RoutingContext context) {
        return caller(context).compose(caller -> {
            ManagerId named = Requests.id(context, "mid", ManagerId::new);
            return named.equals(caller)
                    ? Future.succeededFuture(named)
                    : managers.find(named)
                            .compose(found -> Future.failedFuture(
                                    found.isEmpty()
                                            ? new HttpFailure(404, "There is no Manager " + named + ".")
                                            : new HttpFailure(401, "This token belongs to another Manager.")));
        });
    }

    /**
     * Lets through only the Manager that the path names, before a byte of the body is taken; those behind it learn who it
     * is from {@link #known}.
     */
    void guard(RoutingContext context) {
        context.request().pause();
        Answering.with(guarded -> self(guarded).map(manager -> {
                    guarded.put(KNOWN, manager);
                    guarded.request().resume();
                    guarded.next();
                    return null;
                }))
                .handle(context);
    }

    /** The Manager that was let through. */
    static ManagerId known(RoutingContext context) {
        return context.get(KNOWN);
    }

    /** The token that the request carries. */
    static Optional<String> token(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return Credentials.basic(header)
                .map(Credentials.Basic::user)
                .or(() -> Credentials.bearer(header))
                .filter(token -> !token.isEmpty());
    }
}

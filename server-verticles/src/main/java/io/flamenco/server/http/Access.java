package io.flamenco.server.http;

import io.flamenco.server.domain.Action;
import io.flamenco.server.http.Caller.Means;
import io.flamenco.server.http.ServerHttpVerticle.Own;
import io.flamenco.server.http.ServerHttpVerticle.People;
import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.Users;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.WebPaths;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Tells who calls, and whether they may. Credentials are the Server's own token or an API token (Bearer, or user name of HTTP
 * Basic), or else a session's cookie.
 */
final class Access {

    private static final String SERVER_TOKEN_NAME = "the holder of the API token";

    /** All that is left to one who must change their password. */
    private static final Set<String> OPEN_TO_HELD = Set.of("/api/v1/me", "/api/v1/me/password", "/api/v1/logout");

    private final Users users;
    private final UserSessions sessions;
    private final ApiTokens tokens;
    private final FarmOwner owner;
    private final Ownership ownership;
    private final Rules rules;
    private final OtherSites otherSites;
    private final SessionCookie cookie;
    private final Strangers strangers;
    private final Clock clock;

    /**
     * What is asked of callers.
     *
     * @param serverToken makes an admin of whoever has it
     * @param publicRead whether strangers may read
     */
    record Rules(String serverToken, boolean publicRead) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "Rules[publicRead=" + publicRead + "]";
        }
    }

    /** With the rules and stores of one Server. */
    Access(People people, Own own, Ownership ownership, Clock clock) {
        this.users = people.users();
        this.sessions = people.sessions();
        this.tokens = people.tokens();
        this.owner = own.owner();
        this.ownership = ownership;
        this.rules = new Rules(own.apiToken(), own.publicRead());
        this.otherSites = new OtherSites(own.ownUrl());
        this.cookie = new SessionCookie(own.ownUrl());
        this.strangers = new Strangers(people.tokens(), cookie, clock);
        this.clock = clock;
    }

    /** Lets through to {@code /api/v1} whoever may do what the request does, before a byte of its body is taken. */
    void guard(RoutingContext context) {
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        Optional<Action> action = RequiredAction.of(context.request().method(), WebPaths.asRouted(context));
        if (action.isEmpty()) {
            context.next();
        } else {
            letThrough(context, action.get(), 401);
        }
    }

    /** Lets through whoever may do that; a stranger gets 403, as the Flamenco 2 protocol has it. */
    Handler<RoutingContext> needs(Action action) {
        return context -> letThrough(context, action, 403);
    }

    private void letThrough(RoutingContext context, Action action, int strangerGets) {
        context.request().pause();
        Answering.with(guarded -> caller(guarded)
                        .compose(caller -> allow(guarded, caller, action, strangerGets))
                        .map(allowed -> {
                            guarded.request().resume();
                            guarded.next();
                            return null;
                        }))
                .handle(context);
    }

    private Future<Void> allow(RoutingContext context, Optional<Caller> caller, Action action, int strangerGets) {
        if (caller.isEmpty()) {
            boolean wrong = context.request().headers().contains(HttpHeaders.AUTHORIZATION);
            boolean open = action == Action.READ && rules.publicRead() && strangerGets == 401 && !wrong;
            return open ? Future.succeededFuture() : refuseStranger(context, strangerGets);
        }
        refuseHeld(context, caller.get());
        refuseOtherSites(context, caller.get());
        if (!action.allowedTo(caller.get().role())) {
            throw new HttpFailure(
                    403,
                    "This takes the role " + action.least().word() + "; "
                            + caller.get().name() + " is " + caller.get().role().word() + ".");
        }
        return action == Action.CHANGE_OWN_JOBS ? ownership.check(context, caller.get()) : Future.succeededFuture();
    }

    private Future<Void> refuseStranger(RoutingContext context, int status) {
        if (status == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        return strangers.why(context).compose(reason -> Future.failedFuture(new HttpFailure(status, reason)));
    }

    private static void refuseHeld(RoutingContext context, Caller caller) {
        if (caller.held() && !OPEN_TO_HELD.contains(context.normalizedPath())) {
            throw new HttpFailure(403, "Change your one-time password first.");
        }
    }

    private void refuseOtherSites(RoutingContext context, Caller caller) {
        if (caller.means().sentByItself()
                && !RequiredAction.reads(context.request().method())) {
            otherSites.refuse(context.request());
        }
    }

    /** Who calls; empty for a stranger, also for one whose credentials are not good any more. */
    Future<Optional<Caller>> caller(RoutingContext context) {
        Optional<Caller> known = Caller.of(context);
        if (known.isPresent()) {
            return Future.succeededFuture(known);
        }
        return callerNow(context).onSuccess(caller -> caller.ifPresent(one -> one.remember(context)));
    }

    /** The same, asked anew, for what lasts longer than a request. */
    Future<Optional<Caller>> callerNow(RoutingContext context) {
        return context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                ? ManagerLogin.token(context).map(this::byToken).orElseGet(Access::nobody)
                : cookie.secret(context).map(this::bySession).orElseGet(Access::nobody);
    }

    private static Future<Optional<Caller>> nobody() {
        return Future.succeededFuture(Optional.empty());
    }

    /** Whose token it is. */
    Future<Optional<Caller>> byToken(String token) {
        if (Credentials.sameSecret(token, rules.serverToken())) {
            return Future.succeededFuture(Optional.of(
                    new Caller(owner.user(), SERVER_TOKEN_NAME, FarmRole.ADMIN, Means.SERVER_TOKEN, false)));
        }
        if (!token.startsWith(ApiTokens.PREFIX)) {
            return nobody();
        }
        return tokens.find(token, clock.instant())
                .compose(found ->
                        found.map(valid -> user(valid.user(), Means.API_TOKEN)).orElseGet(Access::nobody));
    }

    private Future<Optional<Caller>> bySession(String secret) {
        return sessions.find(secret, clock.instant())
                .compose(found -> found.map(session ->
                                user(session.user(), session.byKey() ? Means.KEY_SESSION : Means.PASSWORD_SESSION))
                        .orElseGet(Access::nobody));
    }

    private Future<Optional<Caller>> user(UserId id, Means means) {
        return users.find(id)
                .map(found -> found.filter(user -> !user.locked())
                        .map(user -> new Caller(
                                id,
                                user.name(),
                                user.role(),
                                means,
                                user.mustChange() && means == Means.PASSWORD_SESSION)));
    }
}

package io.flamenco.server.http;

import io.flamenco.server.accounts.AccountAnswer;
import io.flamenco.server.accounts.AccountAnswer.LoggedIn;
import io.flamenco.server.accounts.AccountAnswer.TooMany;
import io.flamenco.server.accounts.AccountOrder;
import io.flamenco.server.domain.Action;
import io.flamenco.server.http.Caller.Means;
import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.ApiTokens.ApiToken;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.UserSessions.Place;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Logging in and out, and what concerns one's own account: password and API tokens. */
final class SessionRoutes {

    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_NAME = 100;
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 3_650;
    private static final int MOST_TOKENS = 100;

    private final UserSessions sessions;
    private final ApiTokens tokens;
    private final SessionCookie cookie;
    private final OtherSites otherSites;
    private final FarmBus bus;
    private final Clock clock;

    SessionRoutes(
            UserSessions sessions,
            ApiTokens tokens,
            SessionCookie cookie,
            OtherSites otherSites,
            FarmBus bus,
            Clock clock) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = cookie;
        this.otherSites = otherSites;
        this.bus = bus;
        this.clock = clock;
    }

    void mount(Router router, String base) {
        router.post(base + "/login").handler(Answering.with(this::logIn));
        router.post(base + "/logout").handler(Answering.with(this::logOut));
        router.get(base + "/me").handler(Answering.with(context -> Answers.secret(context, me(Caller.known(context)))));
        router.post(base + "/me/password").handler(Answering.with(this::changePassword));
        router.get(base + "/me/tokens").handler(Answering.with(this::tokens));
        router.post(base + "/me/tokens").handler(Answering.with(this::makeToken));
        router.delete(base + "/me/tokens/:kid").handler(Answering.with(this::revokeToken));
    }

    private Future<Void> logIn(RoutingContext context) {
        otherSites.refuseForm(context.request());
        JsonObject body = Requests.object(context);
        Place from = OwnSessionRoutes.place(context.request());
        Future<AccountAnswer> answer = body.containsKey("key")
                ? bus.ask(AccountOrder.LOG_IN_WITH_KEY, new AccountOrder.LogInWithKey(text(body, "key"), from))
                : bus.ask(
                        AccountOrder.LOG_IN, new AccountOrder.LogIn(text(body, "name"), text(body, "password"), from));
        return answer.compose(came -> answer(context, came, body.containsKey("key")));
    }

    private Future<Void> answer(RoutingContext context, AccountAnswer answer, boolean byKey) {
        if (answer instanceof LoggedIn in) {
            cookie.put(context, in.session(), in.lasts());
            Means means = byKey ? Means.KEY_SESSION : Means.PASSWORD_SESSION;
            Caller caller = new Caller(
                    in.user().id(),
                    in.user().name(),
                    in.user().role(),
                    means,
                    !byKey && in.user().mustChange());
            caller.remember(context);
            return Answers.secret(context, me(caller));
        }
        if (answer instanceof TooMany tooMany) {
            long seconds = Math.max(1, tooMany.waitFor().plusMillis(999).toSeconds());
            context.response().putHeader("Retry-After", String.valueOf(seconds));
            throw new HttpFailure(429, "Too many wrong log-ins; try again in " + seconds + " s.");
        }
        throw new HttpFailure(
                401,
                byKey
                        ? "This log-in link was used already, or is too old; start the farm again for a new one."
                        : "The name or the password is wrong.");
    }

    private Future<Void> logOut(RoutingContext context) {
        Optional<String> secret = cookie.secret(context);
        cookie.remove(context);
        return secret.map(sessions::end).orElseGet(Future::succeededFuture).compose(ended -> Answers.nothing(context));
    }

    private static JsonObject me(Caller caller) {
        JsonArray may = new JsonArray();
        for (Action action : Action.values()) {
            if (action.allowedTo(caller.role())) {
                may.add(action.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return new JsonObject()
                .put("id", caller.user().hex())
                .put("name", caller.name())
                .put("role", caller.role().word())
                .put("may", may)
                .put("must_change_password", caller.held())
                .put("knows_password", caller.means() == Means.PASSWORD_SESSION);
    }

    private Future<Void> changePassword(RoutingContext context) {
        Caller caller = Caller.known(context);
        if (!caller.means().sentByItself()) {
            throw new HttpFailure(403, "A password is changed by who is logged in, not with a token.");
        }
        JsonObject body = Requests.object(context);
        Optional<String> old =
                caller.means() == Means.KEY_SESSION ? Optional.empty() : Optional.of(text(body, "old_password"));
        return bus.ask(
                        AccountOrder.CHANGE_PASSWORD,
                        new AccountOrder.ChangePassword(
                                caller.user(),
                                old,
                                text(body, "new_password"),
                                OwnSessionRoutes.place(context.request())))
                .compose(answer -> answer(context, answer, false));
    }

    private Future<Void> tokens(RoutingContext context) {
        return tokens.of(Caller.known(context).user()).compose(all -> {
            JsonArray list = new JsonArray();
            all.stream().map(SessionRoutes::shown).forEach(list::add);
            return Answers.secret(context, new JsonObject().put("tokens", list));
        });
    }

    private Future<Void> makeToken(RoutingContext context) {
        JsonObject body = Requests.object(context);
        String name = text(body, "name").strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new HttpFailure(
                    422, "\"name\" must say what the token is for, in 1 to " + LONGEST_NAME + " characters.");
        }
        Duration lasts = Duration.ofDays(days(body.getValue("days", USUAL_DAYS)));
        Caller caller = Caller.known(context);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return tokens.of(caller.user()).compose(all -> {
            if (all.size() >= MOST_TOKENS) {
                throw new HttpFailure(409, "You have " + MOST_TOKENS + " tokens; revoke some first.");
            }
            return tokens.make(caller.user(), name, now, now.plus(lasts)).compose(fresh -> {
                AuditTrail.made(context, fresh.token().id());
                context.response().setStatusCode(201);
                return Answers.secret(context, shown(fresh.token()).put("token", fresh.secret()));
            });
        });
    }

    private Future<Void> revokeToken(RoutingContext context) {
        String id = String.valueOf(context.pathParam("kid"));
        if (!ObjectIds.isValid(id)) {
            throw new HttpFailure(400, "The id of a token has 24 hexadecimal digits.");
        }
        return tokens.revoke(Caller.known(context).user(), id).compose(revoked -> {
            if (!revoked) {
                throw new HttpFailure(404, "You have no such token.");
            }
            return Answers.nothing(context);
        });
    }

    private static int days(Object value) {
        if (value instanceof Integer days && days >= 1 && days <= MOST_DAYS) {
            return days;
        }
        throw new HttpFailure(422, "\"days\" must be a whole number from 1 to " + MOST_DAYS + ".");
    }

    private static JsonObject shown(ApiToken token) {
        return new JsonObject()
                .put("id", token.id())
                .put("name", token.name())
                .put("created", token.created().toString())
                .put("expires", token.expires().toString());
    }

    private static String text(JsonObject body, String key) {
        return body.getValue(key) instanceof String text && text.length() <= LONGEST_TEXT ? text : "";
    }
}

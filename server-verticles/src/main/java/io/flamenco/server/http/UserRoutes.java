package io.flamenco.server.http;

import io.flamenco.server.accounts.AccountAnswer;
import io.flamenco.server.accounts.AccountAnswer.Given;
import io.flamenco.server.accounts.AccountOrder;
import io.flamenco.server.store.Projects;
import io.flamenco.server.store.Users;
import io.flamenco.server.store.Users.User;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1/users}: admins keep the users. */
final class UserRoutes {

    private static final Set<String> TO_MAKE = Set.of("name", "full_name", "email", "role");
    private static final Set<String> TO_CHANGE = Set.of("full_name", "email", "role", "locked");
    private static final int LONGEST_TEXT = 256;

    private final Users users;
    private final Projects projects;
    private final FarmBus bus;
    private final ChangeFacts facts;
    private final Clock clock;

    UserRoutes(Users users, Projects projects, FarmBus bus, ChangeFacts facts, Clock clock) {
        this.users = users;
        this.projects = projects;
        this.bus = bus;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router, String base) {
        router.get(base + "/users").handler(Answering.with(this::list));
        router.post(base + "/users").handler(Answering.with(this::make));
        router.get(base + "/users/:uid").handler(Answering.with(context -> answer(context, id(context))));
        router.patch(base + "/users/:uid").handler(Answering.with(this::change));
        router.delete(base + "/users/:uid").handler(Answering.with(this::remove));
        router.post(base + "/users/:uid/reset-password").handler(Answering.with(this::resetPassword));
    }

    private Future<Void> list(RoutingContext context) {
        int limit = Requests.limit(context);
        return users.page(ListRoutes.mark(context, Users.ORDER), limit + 1)
                .compose(found ->
                        Answers.json(context, ListRoutes.page("users", found, limit, UserRoutes::shown, User::mark)));
    }

    private Future<Void> make(RoutingContext context) {
        JsonObject body = known(context, TO_MAKE);
        AccountOrder.MakeUser order = new AccountOrder.MakeUser(
                text(body, "name").orElse(""),
                text(body, "full_name").orElse(""),
                text(body, "email").orElse(""),
                role(body).orElse(FarmRole.ARTIST));
        return bus.ask(AccountOrder.MAKE_USER, order).compose(given -> {
            context.response().setStatusCode(201);
            return given(context, given);
        });
    }

    private Future<Void> change(RoutingContext context) {
        JsonObject body = known(context, TO_CHANGE);
        Object locked = body.getValue("locked");
        if (locked != null && !(locked instanceof Boolean)) {
            throw new HttpFailure(422, "\"locked\" must be true or false.");
        }
        UserId id = id(context);
        Optional<Boolean> lock = Optional.ofNullable((Boolean) locked);
        return seen(context, id)
                .map(seen -> new AccountOrder.ChangeUser(
                        id, seen, text(body, "full_name"), text(body, "email"), role(body), lock))
                .compose(order -> bus.ask(AccountOrder.CHANGE_USER, order))
                .compose(done -> answer(context, id));
    }

    private Future<Void> remove(RoutingContext context) {
        UserId id = id(context);
        return seen(context, id)
                .compose(seen -> bus.ask(AccountOrder.REMOVE_USER, new AccountOrder.RemoveUser(id, seen)))
                .compose(done -> projects.forget(id, clock.instant()))
                .onSuccess(left -> left.forEach(project -> facts.project(project, ServerFacts.CHANGED)))
                .compose(done -> Answers.nothing(context));
    }

    private Future<Void> resetPassword(RoutingContext context) {
        UserId id = id(context);
        return seen(context, id)
                .compose(seen -> bus.ask(AccountOrder.RESET_PASSWORD, new AccountOrder.ResetPassword(id, seen)))
                .compose(given -> given(context, given));
    }

    /** The user whom the caller saw, when it matters to them; checked again in the turn of the change. */
    private Future<Optional<User>> seen(RoutingContext context, UserId id) {
        return find(id).map(user -> {
            Answers.refuseStale(context, shown(user));
            return Answers.restsOnSight(context) ? Optional.of(user) : Optional.empty();
        });
    }

    private static Future<Void> given(RoutingContext context, AccountAnswer answer) {
        if (answer instanceof Given given) {
            AuditTrail.made(context, given.user().id().hex());
            return Answers.secret(context, shown(given.user()).put("one_time_password", given.password()));
        }
        throw new IllegalStateException("a user was given no password");
    }

    private Future<Void> answer(RoutingContext context, UserId id) {
        return find(id).compose(user -> Answers.thing(context, shown(user)));
    }

    private Future<User> find(UserId id) {
        return users.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no user " + id + ".")));
    }

    private static UserId id(RoutingContext context) {
        return Requests.id(context, "uid", UserId::new);
    }

    private static JsonObject known(RoutingContext context, Set<String> keys) {
        JsonObject body = Requests.object(context);
        for (String key : body.fieldNames()) {
            if (!keys.contains(key)) {
                throw new HttpFailure(422, "\"" + Requests.shortened(key) + "\" cannot be given here.");
            }
        }
        return body;
    }

    private static Optional<String> text(JsonObject body, String key) {
        Object value = body.getValue(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && text.length() <= LONGEST_TEXT) {
            return Optional.of(text.strip());
        }
        throw new HttpFailure(422, "\"" + key + "\" must be a text of at most " + LONGEST_TEXT + " characters.");
    }

    private static Optional<FarmRole> role(JsonObject body) {
        return text(body, "role")
                .map(name -> FarmRole.parse(name)
                        .orElseThrow(
                                () -> new HttpFailure(422, "\"role\" must be admin, wrangler, artist or viewer.")));
    }

    private static JsonObject shown(User user) {
        return new JsonObject()
                .put("id", user.id().hex())
                .put("name", user.name())
                .put("full_name", user.fullName())
                .put("email", user.email())
                .put("role", user.role().word())
                .put("locked", user.locked())
                .put("must_change_password", user.mustChange())
                .put("created", user.created().toString())
                .put("updated", user.updated().toString());
    }
}

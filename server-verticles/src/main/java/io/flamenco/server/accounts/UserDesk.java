package io.flamenco.server.accounts;

import io.flamenco.server.accounts.AccountOrder.ChangeUser;
import io.flamenco.server.accounts.AccountOrder.MakeUser;
import io.flamenco.server.accounts.AccountOrder.RemoveUser;
import io.flamenco.server.accounts.AccountOrder.ResetPassword;
import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.Users;
import io.flamenco.server.store.Users.User;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Makes, changes and removes users; one admin who can log in is always left. */
final class UserDesk {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int GIVEN_PASSWORD = 16;

    private final Vertx vertx;
    private final Users users;
    private final UserSessions sessions;
    private final ApiTokens tokens;
    private final Passwords passwords;
    private final UserFacts facts;
    private final Clock clock;

    UserDesk(
            Vertx vertx,
            Users users,
            UserSessions sessions,
            ApiTokens tokens,
            Passwords passwords,
            UserFacts facts,
            Clock clock) {
        this.vertx = vertx;
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * Makes an admin when there are no users.
     *
     * @param id the one that it gets
     * @param told hears its one-time password
     */
    Future<Void> makeFirstAdmin(UserId id, Consumer<String> told) {
        return users.all().compose(all -> {
            if (!all.isEmpty()) {
                return Future.succeededFuture();
            }
            String password = newPassword();
            Instant now = now();
            return vertx.executeBlocking(() -> passwords.hash(password))
                    .compose(hash -> users.put(new User(
                            id, AccountsVerticle.FIRST_ADMIN, "", "", FarmRole.ADMIN, hash, true, false, now, now)))
                    .onSuccess(stored -> told.accept(password))
                    .mapEmpty();
        });
    }

    Future<AccountAnswer> make(MakeUser order) {
        if (!NAME.matcher(order.name()).matches()) {
            throw new HttpFailure(
                    422,
                    "A name to log in with has 1 to 64 small letters, digits, dots, dashes and underscores, and begins"
                            + " with a letter or digit.");
        }
        return users.named(order.name()).compose(taken -> {
            if (taken.isPresent()) {
                throw new HttpFailure(409, "There is a user named " + order.name() + " already.");
            }
            Instant now = now();
            User user = new User(
                    UserId.next(),
                    order.name(),
                    order.fullName(),
                    order.email(),
                    order.role(),
                    "",
                    true,
                    false,
                    now,
                    now);
            return give(user).onSuccess(given -> facts.added(given.user())).map(given -> given);
        });
    }

    Future<AccountAnswer> reset(ResetPassword order) {
        return asSeen(order.user(), order.seen())
                .compose(this::give)
                .onSuccess(given -> facts.changed(given.user()))
                .compose(given -> sessions.endAll(order.user()).map(given));
    }

    private Future<AccountAnswer.Given> give(User user) {
        String password = newPassword();
        return vertx.executeBlocking(() -> passwords.hash(password), false).compose(hash -> {
            User changed = user.withPassword(hash, true, now());
            return users.put(changed).map(new AccountAnswer.Given(changed, password));
        });
    }

    Future<Done> change(ChangeUser order) {
        return asSeen(order.user(), order.seen()).compose(user -> {
            User changed = new User(
                    user.id(),
                    user.name(),
                    order.fullName().orElse(user.fullName()),
                    order.email().orElse(user.email()),
                    order.role().orElse(user.role()),
                    user.passwordHash(),
                    user.mustChange(),
                    order.locked().orElse(user.locked()),
                    user.created(),
                    now());
            return withAnAdminLeft(user, Optional.of(changed))
                    .compose(fine -> users.put(changed))
                    .onSuccess(stored -> facts.changed(changed))
                    .compose(stored -> changed.locked() ? sessions.endAll(user.id()) : Future.succeededFuture())
                    .map(Done.DONE);
        });
    }

    Future<Done> remove(RemoveUser order) {
        return asSeen(order.user(), order.seen())
                .compose(user -> withAnAdminLeft(user, Optional.empty())
                        .compose(fine -> sessions.endAll(order.user()))
                        .compose(ended -> tokens.revokeAll(order.user()))
                        .compose(revoked -> users.remove(order.user()))
                        .onSuccess(removed -> facts.removed(user)))
                .map(Done.DONE);
    }

    private Future<User> asSeen(UserId id, Optional<User> seen) {
        return known(users, id).map(user -> {
            if (seen.filter(before -> !before.equals(user)).isPresent()) {
                throw HttpFailure.changedMeanwhile();
            }
            return user;
        });
    }

    private Future<Void> withAnAdminLeft(User before, Optional<User> after) {
        boolean stays = after.filter(UserDesk::rules).isPresent();
        if (stays || !rules(before)) {
            return Future.succeededFuture();
        }
        return users.all().map(all -> {
            List<User> others = all.stream()
                    .filter(user -> rules(user) && !user.id().equals(before.id()))
                    .toList();
            if (others.isEmpty()) {
                throw new HttpFailure(409, before.name() + " is the only admin; make another one first.");
            }
            return null;
        });
    }

    private static boolean rules(User user) {
        return user.role() == FarmRole.ADMIN && !user.locked();
    }

    /** The user; a failure of status 404 when there is none. */
    static Future<User> known(Users users, UserId id) {
        return users.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no user " + id + ".")));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String newPassword() {
        return SecretFiles.newSecret().substring(0, GIVEN_PASSWORD);
    }
}

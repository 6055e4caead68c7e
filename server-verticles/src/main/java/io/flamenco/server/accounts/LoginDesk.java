package io.flamenco.server.accounts;

import io.flamenco.server.accounts.AccountOrder.ChangePassword;
import io.flamenco.server.accounts.AccountOrder.LogIn;
import io.flamenco.server.accounts.AccountOrder.LogInWithKey;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.UserSessions.Place;
import io.flamenco.server.store.Users;
import io.flamenco.server.store.Users.User;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Begins sessions for those who prove who they are, and changes passwords, with which all sessions before end. */
final class LoginDesk {

    private final Vertx vertx;
    private final Users users;
    private final UserSessions sessions;
    private final Passwords passwords;
    private final UserFacts facts;
    private final Duration sessionLasts;
    private final Clock clock;
    private final LoginGuesses guesses;

    LoginDesk(
            Vertx vertx,
            Users users,
            UserSessions sessions,
            Passwords passwords,
            UserFacts facts,
            Duration sessionLasts,
            Clock clock) {
        this.vertx = vertx;
        this.users = users;
        this.sessions = sessions;
        this.passwords = passwords;
        this.facts = facts;
        this.sessionLasts = sessionLasts;
        this.clock = clock;
        this.guesses = new LoginGuesses(clock);
    }

    /** An unknown name costs as much time as a known one. */
    Future<AccountAnswer> logIn(LogIn order) {
        Optional<Duration> wait = guesses.waiting(order.name(), order.from().address());
        if (wait.isPresent()) {
            return Future.succeededFuture(new AccountAnswer.TooMany(wait.get()));
        }
        guesses.tried(order.name(), order.from().address());
        return users.named(order.name()).compose(found -> {
            Optional<User> user =
                    found.filter(one -> !one.locked() && !one.passwordHash().isEmpty());
            return fits(order.password(), user).compose(fits -> {
                if (user.isEmpty() || !fits) {
                    return Future.succeededFuture(new AccountAnswer.Refused());
                }
                guesses.right(order.name(), order.from().address());
                return begin(user.get(), false, order.from());
            });
        });
    }

    private Future<Boolean> fits(String password, Optional<User> user) {
        if (password.length() > PasswordRules.LONGEST) {
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(
                () -> user.map(known -> passwords.fits(password, known.passwordHash()))
                        .orElseGet(() -> passwords.fitsNobody(password)),
                false);
    }

    Future<AccountAnswer> logInWithKey(LogInWithKey order) {
        Optional<Duration> wait = guesses.waiting("", order.from().address());
        if (wait.isPresent()) {
            return Future.succeededFuture(new AccountAnswer.TooMany(wait.get()));
        }
        guesses.tried("", order.from().address());
        return sessions.useKey(order.key(), clock.instant())
                .compose(id -> id.map(users::find).orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .compose(user -> user.filter(one -> !one.locked())
                        .map(one -> begin(one, true, order.from()))
                        .orElseGet(() -> Future.succeededFuture(new AccountAnswer.Refused())));
    }

    private Future<AccountAnswer> begin(User user, boolean byKey, Place from) {
        Instant now = clock.instant();
        return sessions.begin(user.id(), byKey, from, now, now.plus(sessionLasts))
                .map(secret -> new AccountAnswer.LoggedIn(user, secret, sessionLasts));
    }

    Future<AccountAnswer> changePassword(ChangePassword order) {
        PasswordRules.checkLength(order.fresh());
        return UserDesk.known(users, order.user())
                .compose(user -> present(order, user)
                        .compose(fits -> {
                            if (!fits) {
                                throw new HttpFailure(403, "The present password is not right.");
                            }
                            if (order.old().equals(Optional.of(order.fresh()))) {
                                throw new HttpFailure(422, "The new password must differ from the present one.");
                            }
                            return vertx.executeBlocking(() -> hashOfGood(order.fresh(), user), false);
                        })
                        .compose(hash -> {
                            User changed = user.withPassword(
                                    hash, false, clock.instant().truncatedTo(ChronoUnit.MILLIS));
                            return users.put(changed)
                                    .onSuccess(stored -> facts.changed(changed))
                                    .compose(stored -> sessions.endAll(user.id()))
                                    .compose(ended -> begin(changed, false, order.from()));
                        }));
    }

    private String hashOfGood(String password, User user) {
        PasswordRules.checkGuesses(password, user.name());
        return passwords.hash(password);
    }

    private Future<Boolean> present(ChangePassword order, User user) {
        return order.old().map(old -> fits(old, Optional.of(user))).orElseGet(() -> Future.succeededFuture(true));
    }
}

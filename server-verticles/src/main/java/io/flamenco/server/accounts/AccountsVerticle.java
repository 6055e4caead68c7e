package io.flamenco.server.accounts;

import io.flamenco.server.accounts.AccountOrder.ChangePassword;
import io.flamenco.server.accounts.AccountOrder.ChangeUser;
import io.flamenco.server.accounts.AccountOrder.LogIn;
import io.flamenco.server.accounts.AccountOrder.LogInWithKey;
import io.flamenco.server.accounts.AccountOrder.MakeUser;
import io.flamenco.server.accounts.AccountOrder.RemoveUser;
import io.flamenco.server.accounts.AccountOrder.ResetPassword;
import io.flamenco.server.domain.UserRole;
import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.UserSessions.Session;
import io.flamenco.server.store.Users;
import io.flamenco.server.store.Users.User;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Keeps the accounts. Runs once; orders that change users are carried out one after the other. */
public final class AccountsVerticle extends VerticleBase {

    /** The name of the admin that the first start makes. */
    public static final String FIRST_ADMIN = "admin";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final int SHORTEST_PASSWORD = 10;
    private static final int LONGEST_PASSWORD = 256;
    private static final int GIVEN_PASSWORD = 16;

    private final Users users;
    private final UserSessions sessions;
    private final ApiTokens tokens;
    private final Setup setup;
    private final Timers timers;
    private final Clock clock;
    private final LoginGuesses guesses;
    private Future<?> lastChange = Future.succeededFuture();

    /**
     * How accounts are kept.
     *
     * @param firstAdmin the id that the first admin gets
     * @param sessionLasts from log-in to the end of the session
     * @param firstPassword is told the password of the first admin when one is made
     * @param cost of hashing a password, 4 to 31; see {@link #USUAL_COST}
     */
    public record Setup(UserId firstAdmin, Duration sessionLasts, Consumer<String> firstPassword, int cost) {}

    /** The cost of hashing a password that takes some tenths of a second. */
    public static final int USUAL_COST = Passwords.USUAL_COST;

    public AccountsVerticle(
            Users users, UserSessions sessions, ApiTokens tokens, Setup setup, Timers timers, Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.setup = setup;
        this.timers = timers;
        this.clock = clock;
        this.guesses = new LoginGuesses(clock);
    }

    @Override
    public Future<?> start() {
        Passwords passwords = new Passwords(setup.cost());
        FarmBus bus = new FarmBus(vertx);
        bus.answer(AccountOrder.LOG_IN, order -> logIn(order, passwords));
        bus.answer(AccountOrder.LOG_IN_WITH_KEY, this::logInWithKey);
        bus.answer(AccountOrder.CHANGE_PASSWORD, order -> inTurn(() -> changePassword(order, passwords)));
        bus.answer(AccountOrder.MAKE_USER, order -> inTurn(() -> make(order, passwords)));
        bus.answer(AccountOrder.CHANGE_USER, order -> inTurn(() -> change(order)));
        bus.answer(AccountOrder.RESET_PASSWORD, order -> inTurn(() -> reset(order, passwords)));
        bus.answer(AccountOrder.REMOVE_USER, order -> inTurn(() -> remove(order)));
        timers.every("expired sessions", Duration.ofMinutes(1), FORGET_EVERY, this::forgetExpired);
        return inTurn(() -> makeFirstAdmin(passwords));
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> change) {
        Future<T> mine = lastChange.transform(before -> change.get());
        lastChange = mine;
        return mine;
    }

    private Future<Void> forgetExpired() {
        Instant now = clock.instant();
        return sessions.removeExpired(now).compose(removed -> tokens.removeExpired(now));
    }

    private Future<Void> makeFirstAdmin(Passwords passwords) {
        return users.all().compose(all -> {
            if (!all.isEmpty()) {
                return Future.succeededFuture();
            }
            String password = newPassword();
            Instant now = now();
            return vertx.executeBlocking(() -> passwords.hash(password))
                    .compose(hash -> users.put(new User(
                            setup.firstAdmin(), FIRST_ADMIN, "", "", UserRole.ADMIN, hash, true, false, now, now)))
                    .onSuccess(stored -> setup.firstPassword().accept(password))
                    .mapEmpty();
        });
    }

    /** An unknown name costs as much time as a known one. */
    private Future<AccountAnswer> logIn(LogIn order, Passwords passwords) {
        Optional<Duration> wait = guesses.waiting(order.name(), order.from());
        if (wait.isPresent()) {
            return Future.succeededFuture(new AccountAnswer.TooMany(wait.get()));
        }
        guesses.tried(order.name(), order.from());
        return users.named(order.name()).compose(found -> {
            Optional<User> user =
                    found.filter(one -> !one.locked() && !one.passwordHash().isEmpty());
            return fits(passwords, order.password(), user).compose(fits -> {
                if (user.isEmpty() || !fits) {
                    return Future.succeededFuture(new AccountAnswer.Refused());
                }
                guesses.right(order.name(), order.from());
                return begin(user.get(), false);
            });
        });
    }

    private Future<Boolean> fits(Passwords passwords, String password, Optional<User> user) {
        if (password.length() > LONGEST_PASSWORD) {
            return Future.succeededFuture(false);
        }
        return vertx.executeBlocking(
                () -> user.map(known -> passwords.fits(password, known.passwordHash()))
                        .orElseGet(() -> passwords.fitsNobody(password)),
                false);
    }

    private Future<AccountAnswer> logInWithKey(LogInWithKey order) {
        Optional<Duration> wait = guesses.waiting("", order.from());
        if (wait.isPresent()) {
            return Future.succeededFuture(new AccountAnswer.TooMany(wait.get()));
        }
        guesses.tried("", order.from());
        return sessions.useKey(order.key(), clock.instant())
                .compose(id -> id.map(users::find).orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .compose(user -> user.filter(one -> !one.locked())
                        .map(one -> begin(one, true))
                        .orElseGet(() -> Future.succeededFuture(new AccountAnswer.Refused())));
    }

    private Future<AccountAnswer> begin(User user, boolean byKey) {
        Instant now = clock.instant();
        return sessions.begin(new Session(user.id(), byKey), now, now.plus(setup.sessionLasts()))
                .map(secret -> new AccountAnswer.LoggedIn(user, secret, setup.sessionLasts()));
    }

    private Future<AccountAnswer> changePassword(ChangePassword order, Passwords passwords) {
        check(order.fresh());
        return known(order.user())
                .compose(user -> present(passwords, order, user)
                        .compose(fits -> {
                            if (!fits) {
                                throw new HttpFailure(403, "The present password is not right.");
                            }
                            if (order.old().equals(Optional.of(order.fresh()))) {
                                throw new HttpFailure(422, "The new password must differ from the present one.");
                            }
                            return vertx.executeBlocking(() -> passwords.hash(order.fresh()), false);
                        })
                        .compose(hash -> {
                            User changed = user.withPassword(hash, false, now());
                            return users.put(changed)
                                    .compose(stored -> sessions.endAll(user.id()))
                                    .compose(ended -> begin(changed, false));
                        }));
    }

    private Future<Boolean> present(Passwords passwords, ChangePassword order, User user) {
        return order.old()
                .map(old -> fits(passwords, old, Optional.of(user)))
                .orElseGet(() -> Future.succeededFuture(true));
    }

    private static void check(String password) {
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD || password.isBlank()) {
            throw new HttpFailure(
                    422, "A password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
        }
    }

    private Future<AccountAnswer> make(MakeUser order, Passwords passwords) {
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
            return give(user, passwords);
        });
    }

    private Future<AccountAnswer> reset(ResetPassword order, Passwords passwords) {
        return known(order.user())
                .compose(user -> give(user, passwords))
                .compose(given -> sessions.endAll(order.user()).map(given));
    }

    private Future<AccountAnswer> give(User user, Passwords passwords) {
        String password = newPassword();
        return vertx.executeBlocking(() -> passwords.hash(password), false).compose(hash -> {
            User changed = user.withPassword(hash, true, now());
            return users.put(changed).map(new AccountAnswer.Given(changed, password));
        });
    }

    private Future<Done> change(ChangeUser order) {
        return known(order.user()).compose(user -> {
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
                    .compose(stored -> changed.locked() ? sessions.endAll(user.id()) : Future.succeededFuture())
                    .map(Done.DONE);
        });
    }

    private Future<Done> remove(RemoveUser order) {
        return known(order.user())
                .compose(user -> withAnAdminLeft(user, Optional.empty()))
                .compose(fine -> sessions.endAll(order.user()))
                .compose(ended -> tokens.revokeAll(order.user()))
                .compose(revoked -> users.remove(order.user()))
                .map(Done.DONE);
    }

    private Future<Void> withAnAdminLeft(User before, Optional<User> after) {
        boolean stays = after.filter(AccountsVerticle::rules).isPresent();
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
        return user.role() == UserRole.ADMIN && !user.locked();
    }

    private Future<User> known(UserId id) {
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

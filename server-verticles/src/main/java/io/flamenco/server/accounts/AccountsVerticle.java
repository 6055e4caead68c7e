package io.flamenco.server.accounts;

import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.Users;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps the accounts. Runs once; orders that change users are carried out one after the other. */
public final class AccountsVerticle extends VerticleBase {

    /** The name of the admin that the first start makes. */
    public static final String FIRST_ADMIN = "admin";

    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Users users;
    private final UserSessions sessions;
    private final ApiTokens tokens;
    private final Setup setup;
    private final Timers timers;
    private final Clock clock;
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
    }

    @Override
    public Future<?> start() {
        Passwords passwords = new Passwords(setup.cost());
        FarmBus bus = new FarmBus(vertx);
        UserFacts facts = new UserFacts(bus, clock);
        LoginDesk logins = new LoginDesk(vertx, users, sessions, passwords, facts, setup.sessionLasts(), clock);
        UserDesk desk = new UserDesk(vertx, users, sessions, tokens, passwords, facts, clock);
        bus.answer(AccountOrder.LOG_IN, logins::logIn);
        bus.answer(AccountOrder.LOG_IN_WITH_KEY, logins::logInWithKey);
        bus.answer(AccountOrder.CHANGE_PASSWORD, order -> inTurn(() -> logins.changePassword(order)));
        bus.answer(AccountOrder.MAKE_USER, order -> inTurn(() -> desk.make(order)));
        bus.answer(AccountOrder.CHANGE_USER, order -> inTurn(() -> desk.change(order)));
        bus.answer(AccountOrder.RESET_PASSWORD, order -> inTurn(() -> desk.reset(order)));
        bus.answer(AccountOrder.REMOVE_USER, order -> inTurn(() -> desk.remove(order)));
        timers.every("expired sessions", Duration.ofMinutes(1), FORGET_EVERY, this::forgetExpired);
        return inTurn(() -> desk.makeFirstAdmin(setup.firstAdmin(), setup.firstPassword()));
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
}

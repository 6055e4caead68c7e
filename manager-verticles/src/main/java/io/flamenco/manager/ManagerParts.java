package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.ManagerMetrics;
import io.flamenco.manager.http.People;
import io.flamenco.manager.http.SessionCookie;
import io.flamenco.manager.login.KeyRing;
import io.flamenco.manager.login.Sessions;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.RateLimit;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.time.VertxTimers;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/** What verticles are made of. Each takes only what it needs. */
record ManagerParts(
        Vertx vertx,
        ManagerConfig config,
        ManagerSecrets secrets,
        FarmDatabase database,
        FarmBus bus,
        Timers timers,
        Clock clock,
        ManagerMetrics metrics,
        RateLimit registrations,
        RateLimit logins,
        RateLimit guesses,
        People people,
        KeyRing keys) {

    /** Somebody who types a key needs a few; somebody who guesses needs more than there is time. */
    private static final int KEYS_A_MINUTE = 10;

    /** As many as the Workers of a farm behind one address that all have lost their Manager's database. */
    private static final int WRONG_CREDENTIALS_A_MINUTE = 600;

    static ManagerParts of(
            Vertx vertx,
            ManagerConfig config,
            ManagerSecrets secrets,
            FarmDatabase database,
            Optional<Sessions> before) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        KeyRing keys = new KeyRing();
        return new ManagerParts(
                vertx,
                config,
                secrets,
                database,
                new FarmBus(vertx),
                new VertxTimers(vertx),
                clock,
                new ManagerMetrics(),
                RateLimit.perMinute(clock, config.limits().registrationsPerMinute()),
                RateLimit.perMinute(clock, KEYS_A_MINUTE),
                RateLimit.perMinute(clock, WRONG_CREDENTIALS_A_MINUTE),
                new People(
                        clock,
                        secrets.apiToken(),
                        before.orElseGet(() -> new Sessions(clock, secrets.apiToken())),
                        new SessionCookie(config.listening().ownUrl()),
                        keys,
                        config.link().map(ManagerConfig.Link::managerId),
                        config.userAuthentication().disableSecurity()),
                keys);
    }
}

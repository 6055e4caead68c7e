package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.ManagerMetrics;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.RateLimit;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.time.VertxTimers;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.ZoneId;

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
        RateLimit registrations) {

    static ManagerParts of(Vertx vertx, ManagerConfig config, ManagerSecrets secrets, FarmDatabase database) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        return new ManagerParts(
                vertx,
                config,
                secrets,
                database,
                new FarmBus(vertx),
                new VertxTimers(vertx),
                clock,
                new ManagerMetrics(),
                RateLimit.perMinute(clock, config.limits().registrationsPerMinute()));
    }
}

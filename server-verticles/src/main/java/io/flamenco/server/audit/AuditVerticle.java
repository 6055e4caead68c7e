package io.flamenco.server.audit;

import io.flamenco.server.store.AuditLog;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;

/** Forgets old entries of the audit log. Runs once. */
public final class AuditVerticle extends VerticleBase {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final AuditLog log;
    private final Duration kept;
    private final Timers timers;
    private final Clock clock;

    /**
     * @param kept for how long entries are kept
     */
    public AuditVerticle(AuditLog log, Duration kept, Timers timers, Clock clock) {
        this.log = log;
        this.kept = kept;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        timers.every(
                "old audit entries",
                SOON,
                EVERY,
                () -> log.forget(clock.instant().minus(kept)));
        return Future.succeededFuture();
    }
}

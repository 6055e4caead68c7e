package io.flamenco.server.upkeep;

import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;

/** Looks after jobs that nobody looks after. Runs once. */
public final class UpkeepVerticle extends VerticleBase {

    private static final Duration RUNNABILITY_EVERY = Duration.ofMinutes(10);
    private static final Duration OLD_JOBS_EVERY = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final Tasks tasks;
    private final Timers timers;
    private final Clock clock;
    private final Retention retention;

    /**
     * @param retention when jobs are old enough to be removed or archived
     */
    public UpkeepVerticle(Jobs jobs, Tasks tasks, Timers timers, Clock clock, Retention retention) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.timers = timers;
        this.clock = clock;
        this.retention = retention;
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        Runnability runnability = new Runnability(jobs, tasks, bus);
        OldJobs oldJobs = new OldJobs(jobs, bus, retention);
        timers.every("runnability", SOON, RUNNABILITY_EVERY, runnability::check);
        timers.every("old jobs", SOON, OLD_JOBS_EVERY, () -> oldJobs.cleanUp(clock.instant()));
        return Future.succeededFuture();
    }
}

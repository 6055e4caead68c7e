package io.flamenco.manager.http;

import io.flamenco.manager.config.Variables;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.RateLimit;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** All calls that Workers make once they are registered. */
public final class WorkerProtocol implements RouteGroup {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final WorkerRoutes routes;
    private final TaskRoute taskRoute;

    /**
     * @param server where tasks can be looked at
     * @param variables to expand in tasks
     * @param workerTimeout a Worker that waits for work is heard of at least twice as often
     * @param guesses how many wrong credentials one address may show
     */
    public WorkerProtocol(
            Vertx vertx,
            FarmBus bus,
            Clock clock,
            URI server,
            Variables variables,
            Duration workerTimeout,
            RateLimit guesses) {
        WorkerCalls calls = new WorkerCalls(new WorkerCredentials(vertx, bus, clock, new Passwords()), guesses);
        Duration half = workerTimeout.dividedBy(2);
        this.routes = new WorkerRoutes(bus, calls, server);
        this.taskRoute = new TaskRoute(bus, calls, variables, half.compareTo(LONGEST_WAIT) < 0 ? half : LONGEST_WAIT);
    }

    @Override
    public void addTo(Router router) {
        taskRoute.addTo(router);
        routes.addTo(router);
    }
}

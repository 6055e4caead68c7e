package io.flamenco.shared.kernel;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys a role's verticles in the order in which they were added, and takes them down in reverse. */
public final class Kernel {

    private static final Logger LOG = LoggerFactory.getLogger(Kernel.class);

    private final Vertx vertx;
    private final String role;
    private final List<Plan> plans = new ArrayList<>();
    private final Deque<Deployed> deployed = new ArrayDeque<>();

    private record Plan(String name, VerticleSettings settings, Supplier<? extends Deployable> verticle) {}

    private record Deployed(String name, String id) {}

    /**
     * @param role names the role in the log, such as {@code manager}
     */
    public Kernel(Vertx vertx, String role) {
        this.vertx = vertx;
        this.role = role;
    }

    /**
     * Adds a verticle that starts after those added before; one that is not enabled is left out.
     *
     * @param verticle makes one instance; called once per instance
     */
    public Kernel add(String name, VerticleSettings settings, Supplier<? extends Deployable> verticle) {
        plans.add(new Plan(name, settings, verticle));
        return this;
    }

    /** Deploys all; when one fails, those that run already are taken down and a {@link StartFailure} is returned. */
    public Future<Void> start() {
        Future<Void> started = Future.succeededFuture();
        for (Plan plan : plans) {
            started = started.compose(before -> deploy(plan));
        }
        return started.recover(
                failure -> stop().transform(stopped -> Future.failedFuture(StartFailure.of(role, failure))));
    }

    /** Takes down all in reverse order; one that fails does not keep the others running. */
    public Future<Void> stop() {
        Future<Void> stopped = Future.succeededFuture();
        while (!deployed.isEmpty()) {
            Deployed last = deployed.pop();
            stopped = stopped.transform(before -> undeploy(last));
        }
        return stopped;
    }

    private Future<Void> deploy(Plan plan) {
        if (!plan.settings().enabled()) {
            LOG.info("A verticle is switched off. role={} verticle={}", role, plan.name());
            return Future.succeededFuture();
        }
        DeploymentOptions options =
                new DeploymentOptions().setInstances(plan.settings().instances());
        return vertx.deployVerticle(plan.verticle(), options)
                .onSuccess(id -> deployed.push(new Deployed(plan.name(), id)))
                .recover(failure -> Future.failedFuture(
                        failure instanceof StartFailure ? failure : new StartFailure(plan.name(), failure)))
                .mapEmpty();
    }

    private Future<Void> undeploy(Deployed verticle) {
        return vertx.undeploy(verticle.id()).otherwise(failure -> {
            LOG.warn("A verticle did not stop cleanly. role={} verticle={}", role, verticle.name(), failure);
            return null;
        });
    }
}

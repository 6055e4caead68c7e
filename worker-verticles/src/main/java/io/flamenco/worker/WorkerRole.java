package io.flamenco.worker;

import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A running Worker. */
public final class WorkerRole implements Role {

    /** The verticles of a Worker, in the order in which they start. */
    static final List<String> VERTICLES = List.of("session", "outbox", "may-i-run", "task-loop");

    private final Kernel kernel;
    private final Promise<Integer> ended = Promise.promise();

    private WorkerRole(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Starts a Worker. It runs on whether or not its Manager can be reached, and goes on trying.
     *
     * @return the Worker; a {@link io.flamenco.shared.kernel.StartFailure} when it cannot run at all
     */
    public static Future<WorkerRole> start(Vertx vertx, WorkerConfig config) {
        Kernel kernel = new Kernel(vertx, "worker");
        return kernel.start().map(started -> new WorkerRole(kernel));
    }

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public Optional<URI> url() {
        return Optional.empty();
    }

    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return kernel.stop().onComplete(stopped -> ended.tryComplete(0));
    }
}

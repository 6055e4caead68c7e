package io.flamenco.worker;

import io.flamenco.shared.kernel.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several independent Workers in one process, for a machine that can take it. */
public final class WorkerSlots implements Role {

    private final List<WorkerRole> workers;

    private WorkerSlots(List<WorkerRole> workers) {
        this.workers = List.copyOf(workers);
    }

    /**
     * Starts a Worker for each configuration, one after the other.
     *
     * @return the Workers; the failure of the first that cannot start, with those before it stopped
     */
    public static Future<WorkerSlots> start(Vertx vertx, List<WorkerConfig> configs) {
        List<WorkerRole> started = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (WorkerConfig config : configs) {
            all = all.compose(before -> WorkerRole.start(vertx, config))
                    .onSuccess(started::add)
                    .mapEmpty();
        }
        return all.map(done -> new WorkerSlots(started))
                .recover(failure -> new WorkerSlots(started).stop().transform(stopped -> Future.failedFuture(failure)));
    }

    /** The Workers, one per slot. */
    public List<WorkerRole> workers() {
        return workers;
    }

    @Override
    public String name() {
        return "worker";
    }

    @Override
    public Optional<URI> url() {
        return Optional.empty();
    }

    /** When all have ended: the highest of their exit codes. */
    @Override
    public Future<Integer> ended() {
        return Future.join(workers.stream().map(WorkerRole::ended).toList())
                .map(codes -> codes.<Integer>list().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0));
    }

    @Override
    public Future<Void> stop() {
        return Future.join(workers.stream().map(WorkerRole::stop).toList()).mapEmpty();
    }
}

package io.flamenco.benchmarks.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lets each Worker repeat its turn, the next one as soon as the last one ended, until it is stopped. */
public final class Load {

    private final Vertx vertx;
    private final Function<SimulatedWorker, Future<?>> turn;
    private final List<Future<?>> workers = new ArrayList<>();
    private volatile boolean stopping;

    /**
     * Starts at once.
     *
     * @param turn what a Worker repeats; it must not fail, and must end later than it begins
     */
    public Load(Vertx vertx, List<SimulatedWorker> workers, Function<SimulatedWorker, Future<?>> turn) {
        this.vertx = vertx;
        this.turn = turn;
        workers.forEach(worker -> this.workers.add(begin(worker)));
    }

    /** Lets each turn under way end, and starts no further ones. */
    public Future<?> stop() {
        stopping = true;
        return Future.join(workers);
    }

    /** Starts no further turns and does not wait for those under way. */
    public void abandon() {
        stopping = true;
    }

    private Future<Void> begin(SimulatedWorker worker) {
        Promise<Void> end = Promise.promise();
        vertx.runOnContext(now -> next(worker, end));
        return end.future();
    }

    private void next(SimulatedWorker worker, Promise<Void> end) {
        if (stopping) {
            end.complete();
        } else {
            turn.apply(worker).onComplete(done -> next(worker, end), end::fail);
        }
    }
}

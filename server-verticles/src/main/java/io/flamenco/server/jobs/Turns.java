package io.flamenco.server.jobs;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Does one thing after the other, each when the one before has ended, well or not. One event loop only. */
final class Turns {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean underWay;

    /** Does the work in its turn. */
    <A> Future<A> take(Supplier<Future<A>> work) {
        Promise<A> promise = Promise.promise();
        waiting.add(() -> begin(work).onComplete(outcome -> {
            promise.handle(outcome);
            next();
        }));
        if (!underWay) {
            next();
        }
        return promise.future();
    }

    private void next() {
        Runnable work = waiting.poll();
        underWay = work != null;
        if (work != null) {
            work.run();
        }
    }

    private static <A> Future<A> begin(Supplier<Future<A>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}

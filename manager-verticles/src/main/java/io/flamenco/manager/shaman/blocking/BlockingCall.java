package io.flamenco.manager.shaman.blocking;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Work on a virtual thread of its own.
 *
 * @param outcome reaches the event loop that began it
 */
public record BlockingCall<T>(Future<T> outcome, Thread thread) {

    /**
     * Begins it.
     *
     * @param name of the thread, for people who look at a dump
     */
    @SuppressWarnings("CatchingUnchecked") // whatever the work fails with is its outcome
    public static <T> BlockingCall<T> begin(Vertx vertx, String name, Callable<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Future<T> outcome = Future.fromCompletionStage(done, vertx.getOrCreateContext());
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                done.complete(work.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            } catch (Error e) {
                done.completeExceptionally(e);
                throw e;
            }
        });
        return new BlockingCall<>(outcome, thread);
    }

    /** Asks it to end early; what it does about that is its own business. */
    public void interrupt() {
        thread.interrupt();
    }
}

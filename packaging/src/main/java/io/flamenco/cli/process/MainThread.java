package io.flamenco.cli.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionException;

/** Waits on the main thread, which is no event loop and has nothing else to do. */
public final class MainThread {

    private MainThread() {}

    /**
     * The future's value, once it has one.
     *
     * @throws RuntimeException what the future failed with
     */
    public static <T> T await(Future<T> future) {
        if (Vertx.currentContext() != null) {
            throw new IllegalStateException("an event loop must not wait");
        }
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}

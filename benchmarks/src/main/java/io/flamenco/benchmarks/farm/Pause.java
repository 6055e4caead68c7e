package io.flamenco.benchmarks.farm;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Waiting, for the main thread only: a row of the benchmark is a script from top to bottom. Event loops must never come
 * here.
 */
public final class Pause {

    private Pause() {}

    /** Waits that long. */
    public static void of(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }

    /**
     * Waits for the result.
     *
     * @param what names it in the message when it does not come in time
     */
    public static <T> T until(Future<T> future, Duration within, String what) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(what + " failed: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + " took longer than " + within.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }

    /** Waits until it is so, but no longer than that; the result tells whether it is. */
    public static boolean until(BooleanSupplier so, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!so.getAsBoolean() && System.nanoTime() < deadline) {
            of(Duration.ofMillis(20));
        }
        return so.getAsBoolean();
    }
}

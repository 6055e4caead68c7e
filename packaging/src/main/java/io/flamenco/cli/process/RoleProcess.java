package io.flamenco.cli.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process while roles run in it: it ends when they end by themselves, or when a signal asks for it, and then stops
 * them in good order.
 */
public final class RoleProcess {

    /** A service manager usually kills after 90 s; a Worker needs up to 10 s to end a subprocess. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private volatile Future<? extends Running> running = Future.failedFuture("nothing was started");
    private boolean stopped;

    /** What the process is there for. */
    public interface Running {

        /** Succeeds with the exit code when it has ended by itself. */
        Future<Integer> ended();

        /** Stops it in good order. */
        Future<Void> stop();
    }

    private RoleProcess(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Starts it and stays until it ends.
     *
     * @param start begins whatever shall run
     * @return the exit code
     * @throws RuntimeException what the start failed with
     */
    public static int run(Function<Vertx, Future<? extends Running>> start) {
        RoleProcess process = new RoleProcess(vertx());
        Runtime.getRuntime().addShutdownHook(new Thread(process::onSignal, "stop"));
        try {
            return MainThread.await(process.start(start).compose(Running::ended));
        } finally {
            process.stopInTime();
        }
    }

    /** A Vert.x as every process of ours has it: it leaves no files and logs through SLF4J. */
    public static Vertx vertx() {
        System.setProperty("vertx.disableDnsResolver", "true");
        FileSystemOptions files = new FileSystemOptions().setFileCachingEnabled(false);
        return Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
    }

    private synchronized void onSignal() {
        if (!stopped) {
            log().info("Stopping.");
        }
        stopInTime();
    }

    private Future<? extends Running> start(Function<Vertx, Future<? extends Running>> start) {
        running = start.apply(vertx);
        return running;
    }

    private synchronized void stopInTime() {
        if (stopped) {
            return;
        }
        stopped = true;
        within(() -> running.transform(
                started -> started.succeeded() ? started.result().stop() : Future.succeededFuture()));
        within(vertx::close);
    }

    private static void within(Supplier<Future<Void>> ending) {
        try {
            ending.get().toCompletionStage().toCompletableFuture().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log().warn("Not everything stopped in time. seconds={}", STOP_WITHIN.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            log().warn("Not everything stopped cleanly.", e.getCause());
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(RoleProcess.class);
    }
}

package io.flamenco.cli.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
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

    /** A machine that renders may keep a thread waiting for a while; that alone is nothing to report. */
    private static final long STALLED_AFTER_SECONDS = 10;

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
     * @param data a directory that is this process's alone; web pages are unpacked there while it runs
     * @param start begins whatever shall run
     * @return the exit code
     * @throws RuntimeException what the start failed with
     */
    public static int run(Path data, Function<Vertx, Future<? extends Running>> start) {
        UnpackedPages.forget(data);
        RoleProcess process = new RoleProcess(vertx(new FileSystemOptions().setFileCacheDir(UnpackedPages.in(data))));
        Runtime.getRuntime().addShutdownHook(new Thread(process::onSignal, "stop"));
        try {
            return MainThread.await(process.start(start).compose(Running::ended));
        } finally {
            process.stopInTime();
        }
    }

    /** A Vert.x for a process that serves nobody: it leaves no files. */
    public static Vertx clientVertx() {
        return vertx(new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false));
    }

    /** Host names are looked up as the system does it, so that names of the local network are found. */
    private static Vertx vertx(FileSystemOptions files) {
        System.setProperty("vertx.disableDnsResolver", "true");
        return Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(files)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
                .setMaxEventLoopExecuteTime(STALLED_AFTER_SECONDS));
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

package io.flamenco.worker;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A whole Worker to be started, and its Manager, which is a small fake with a memory. */
final class WorkerTrial {

    static final String TASK = "58514d1e9837734f2e71b479";

    final Vertx vertx = Vertx.vertx();
    final FakeManager manager = FakeManager.start(vertx);
    final Path data;
    final JsonObject yaml = new JsonObject()
            .put("manager_url", manager.url().toString())
            .put("may_i_run_interval_seconds", 0.1)
            .put("push_log_max_interval_seconds", 0.2)
            .put("nickname", "rosette");

    WorkerTrial(Path directory) throws Exception {
        data = directory.resolve("worker");
    }

    /** Lets the Worker have registered before. */
    void known() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("credentials.yaml"), "worker_id: id\nworker_secret: geheim\n");
    }

    WorkerRole start() throws Exception {
        return done(WorkerRole.start(vertx, WorkerConfig.read("worker.yaml", yaml, data, Map.of())));
    }

    void close() throws Exception {
        done(vertx.close());
    }

    static <T> T done(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}

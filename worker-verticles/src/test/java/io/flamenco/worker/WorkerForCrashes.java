package io.flamenco.worker;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;

/** A Worker in a process of its own, made to be killed. */
public final class WorkerForCrashes {

    private WorkerForCrashes() {}

    /**
     * @param arguments the Manager's URL and the data directory
     */
    public static void main(String[] arguments) {
        JsonObject yaml = new JsonObject()
                .put("manager_url", arguments[0])
                .put("push_log_max_interval_seconds", 0.05)
                .put("may_i_run_interval_seconds", 0.5);
        WorkerConfig config = WorkerConfig.read("crash test", yaml, Path.of(arguments[1]), Map.of());
        WorkerRole.start(Vertx.vertx(), config).onFailure(failure -> {
            failure.printStackTrace();
            System.exit(3);
        });
    }
}

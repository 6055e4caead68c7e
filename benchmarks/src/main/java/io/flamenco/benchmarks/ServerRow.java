package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.farm.ProcessFigures;
import io.flamenco.benchmarks.farm.StartedServer;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The Server's rows: one large job, its download, many Managers that push at once, and lists over many jobs. They run one
 * after the other on one Server process, with the embedded database.
 */
@Command(name = "server", description = "The Server: a large job, its download, pushes, lists.")
final class ServerRow implements Callable<Integer> {

    private static final int MANAGERS = 50;
    private static final int BATCH = 50;
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Mixin
    @Nullable
    FarmOptions options;

    @Option(names = "--tasks", defaultValue = "100000", description = "Tasks of the large job.")
    int tasks;

    @Option(names = "--batches", defaultValue = "10", description = "Batches that each Manager pushes.")
    int batches;

    @Option(names = "--jobs", defaultValue = "1000", description = "Jobs that the lists go over.")
    int jobs;

    @Option(names = "--tasks-per-job", defaultValue = "100", description = "Tasks of each of these jobs.")
    int tasksPerJob;

    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        FarmOptions chosen = Benchmarks.given(options);
        try (StartedServer server = StartedServer.start(chosen.launch("server"), MANAGERS, chosen.settings);
                ServerClient client = new ServerClient(server)) {
            timed(server, "small job, to warm up", () -> client.submit("small", 1000, StartedServer.managerId(0)));
            largeJob(server, client);
            downloads(chosen, server, client);
            pushes(server, client);
            lists(chosen, server, client);
            return 0;
        }
    }

    private void largeJob(StartedServer server, ServerClient client) {
        String id = timed(
                server, "job of " + tasks + " tasks", () -> client.submit("large", tasks, StartedServer.managerId(1)));
        Benchmarks.print("its counts: " + client.job(id).getValue("tasks") + "\n");
        timed(server, "list of jobs, with the large one", () -> client.read("api/v1/jobs"));
    }

    private void downloads(FarmOptions chosen, StartedServer server, ServerClient client) {
        for (int i = 0; i < chosen.repetitions; i++) {
            long bytes = timed(server, "depsgraph of " + tasks + " tasks", () -> client.depsgraph(1));
            Benchmarks.print(String.format(Locale.ROOT, "  %.1f MB%n", bytes / 1e6));
        }
    }

    private void pushes(StartedServer server, ServerClient client) throws ExecutionException, InterruptedException {
        List<JsonArray> taskLists = new ArrayList<>();
        for (int manager = 0; manager < MANAGERS; manager++) {
            client.submit("pushed " + manager, BATCH * batches, StartedServer.managerId(manager));
            taskLists.add(manager == 1 ? new JsonArray() : client.tasks(manager));
        }
        Histogram micros = new Histogram(3);
        long begin = System.nanoTime();
        ProcessFigures before = server.figures();
        int handled = 0;
        try (ExecutorService managers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int manager = 0; manager < MANAGERS; manager++) {
                int number = manager;
                all.add(managers.submit(() -> pushAll(client, number, taskLists.get(number), micros)));
            }
            for (Future<Integer> one : all) {
                handled += one.get();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Benchmarks.print(String.format(
                Locale.ROOT,
                "%d Managers pushing batches of %d at once: %d updates handled in %.2f s, %.0f/s, batch p50 %.1f p95 %.1f"
                        + " max %.1f ms, Server cpu %.2f s%n",
                MANAGERS,
                BATCH,
                handled,
                seconds,
                handled / seconds,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(95) / 1e3,
                micros.getMaxValue() / 1e3,
                server.figures().cpuSeconds() - before.cpuSeconds()));
    }

    private int pushAll(ServerClient client, int manager, JsonArray tasks, Histogram micros) {
        int handled = 0;
        for (int from = 0; from + BATCH <= Math.min(tasks.size(), BATCH * batches); from += BATCH) {
            JsonArray updates = new JsonArray();
            for (int i = from; i < from + BATCH; i++) {
                updates.add(update(tasks.getJsonObject(i).getString("_id")));
            }
            long begin = System.nanoTime();
            handled += client.push(manager, updates);
            synchronized (micros) {
                micros.recordValue((System.nanoTime() - begin) / 1000);
            }
        }
        return handled;
    }

    private static JsonObject update(String task) {
        return new JsonObject()
                .put("_id", ObjectIds.next())
                .put("task_id", task)
                .put("task_status", "completed")
                .put("received_on_manager", "2026-11-22T00:00:00Z")
                .put("activity", "Completed")
                .put("task_progress_percentage", 100)
                .put("current_command_idx", 0)
                .put("command_progress_percentage", 100)
                .put("worker", "127.0.0.1 (simulated)");
    }

    private void lists(FarmOptions chosen, StartedServer server, ServerClient client) {
        List<String> ids = new ArrayList<>();
        timed(server, jobs + " jobs of " + tasksPerJob + " tasks submitted one by one", () -> {
            for (int i = 0; i < jobs; i++) {
                ids.add(client.submit("job " + i, tasksPerJob, StartedServer.managerId(i % MANAGERS)));
            }
            return ids.size();
        });
        Pause.of(SETTLE);
        for (String query :
                List.of("", "?q=job+" + (jobs - 1), "?q=nothing", "?sort=name", "?sort=-priority&status=queued")) {
            repeated(chosen, client, "GET /api/v1/jobs" + query, "api/v1/jobs" + query);
        }
        repeated(chosen, client, "GET /api/v1/jobs/{id}", "api/v1/jobs/" + ids.get(ids.size() / 2));
        String tasks = "api/v1/jobs/" + ids.get(ids.size() / 3) + "/tasks";
        repeated(chosen, client, "GET /api/v1/jobs/{id}/tasks", tasks);
        repeated(chosen, client, "GET /api/v1/jobs/{id}/tasks?sort=-name", tasks + "?sort=-name");
    }

    private static void repeated(FarmOptions chosen, ServerClient client, String name, String path) {
        Histogram micros = new Histogram(3);
        int bytes = 0;
        for (int i = 0; i < 30 * chosen.repetitions; i++) {
            long begin = System.nanoTime();
            bytes = client.read(path);
            micros.recordValue((System.nanoTime() - begin) / 1000);
        }
        Benchmarks.print(String.format(
                Locale.ROOT,
                "%-44s p50 %.1f p95 %.1f max %.1f ms, %d characters%n",
                name,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(95) / 1e3,
                micros.getMaxValue() / 1e3,
                bytes));
    }

    private static <T> T timed(StartedServer server, String what, Supplier<T> work) {
        ProcessFigures before = server.figures();
        long begin = System.nanoTime();
        T result = work.get();
        double seconds = (System.nanoTime() - begin) / 1e9;
        ProcessFigures after = server.figures();
        Benchmarks.print(String.format(
                Locale.ROOT,
                "%-48s %7.2f s, Server cpu %.2f s, resident %d MiB%n",
                what,
                seconds,
                after.cpuSeconds() - before.cpuSeconds(),
                after.residentBytes() >> 20));
        return result;
    }
}

package io.flamenco.server.http;

import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.PageMark;
import io.flamenco.server.store.TaskQuery;
import io.flamenco.server.store.TaskRun;
import io.flamenco.server.store.TaskRuns;
import io.flamenco.server.store.TaskSort;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long the tasks of a job ran, in rows short enough that ten thousand of them make one plot. */
final class RunRoutes {

    private static final int LARGEST_PAGE = 10_000;
    private static final String ORDER = TaskSort.CREATED.order(false);
    private static final double MILLIS = 1_000;
    private static final JsonArray COLUMNS =
            new JsonArray(List.of("id", "name", "task_type", "status", "worker", "activated", "seconds"));

    private final Jobs jobs;
    private final TaskRuns runs;

    RunRoutes(Jobs jobs, TaskRuns runs) {
        this.jobs = jobs;
        this.runs = runs;
    }

    void mount(Router router, String base) {
        router.get(base + "/jobs/:jid/durations").handler(Answering.with(this::durations));
    }

    private Future<Void> durations(RoutingContext context) {
        int limit = Requests.limit(context, LARGEST_PAGE, LARGEST_PAGE);
        TaskQuery wanted = ListRoutes.taskQuery(context);
        Optional<TaskId> after = ListRoutes.mark(context, ORDER).map(mark -> new TaskId(mark.id()));
        return ListRoutes.job(jobs, wanted.job())
                .compose(job -> runs.page(wanted, after, limit + 1))
                .compose(found -> Answers.json(context, page(found, limit).put("columns", COLUMNS)));
    }

    private static JsonObject page(List<TaskRun> found, int limit) {
        return ListRoutes.page("tasks", found, limit, RunRoutes::row, last -> {
            String id = last.id().hex();
            return new PageMark(ORDER, id, id);
        });
    }

    private static JsonArray row(TaskRun run) {
        return new JsonArray()
                .add(run.id().hex())
                .add(run.name())
                .add(run.taskType())
                .add(run.status().wire())
                .add(run.worker())
                .add(run.times().activated().map(Instant::toString).orElse(null))
                .add(run.times()
                        .ran()
                        .map(Duration::toMillis)
                        .map(millis -> millis / MILLIS)
                        .orElse(null));
    }
}

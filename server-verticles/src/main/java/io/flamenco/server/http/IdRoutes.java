package io.flamenco.server.http;

import io.flamenco.server.domain.TaskState;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which jobs and tasks are meant by the beginning of an id, so that people need not write all of it. */
final class IdRoutes {

    private static final Pattern BEGINNING = Pattern.compile("[0-9a-fA-F]{4,24}");
    private static final int MOST = 6;

    private final Jobs jobs;
    private final Tasks tasks;

    IdRoutes(Jobs jobs, Tasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    void mount(Router router, String base) {
        router.get(base + "/ids/:beginning").handler(Answering.with(this::answer));
    }

    private Future<Void> answer(RoutingContext context) {
        String beginning = String.valueOf(context.pathParam("beginning")).toLowerCase(Locale.ROOT);
        if (!BEGINNING.matcher(beginning).matches()) {
            throw new HttpFailure(400, "The beginning of an id has 4 to 24 hexadecimal digits.");
        }
        return jobs.beginningWith(beginning, MOST)
                .compose(ofJobs -> tasks.beginningWith(beginning, MOST).compose(ofTasks -> {
                    JsonArray foundJobs = new JsonArray();
                    ofJobs.forEach(job -> foundJobs.add(shown(job)));
                    JsonArray foundTasks = new JsonArray();
                    ofTasks.forEach(task -> foundTasks.add(shown(task)));
                    return Answers.json(
                            context, new JsonObject().put("jobs", foundJobs).put("tasks", foundTasks));
                }));
    }

    private static JsonObject shown(StoredJob job) {
        return new JsonObject()
                .put("id", job.id().hex())
                .put("name", job.state().name());
    }

    private static JsonObject shown(TaskState task) {
        return new JsonObject()
                .put("id", task.id().hex())
                .put("name", task.name())
                .put("job", task.job().hex());
    }
}

package io.flamenco.server.http;

import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.SettingDescription;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /api/v1}. */
final class JobJson {

    private JobJson() {}

    /** A job as it stands in a list. */
    static JsonObject job(StoredJob job) {
        JsonObject byStatus = new JsonObject();
        job.state().tasks().byStatus().forEach((status, count) -> byStatus.put(status.wire(), count));
        return new JsonObject()
                .put("id", job.id().hex())
                .put("name", job.state().name())
                .put("job_type", job.jobType())
                .put("description", job.description())
                .put("status", job.status().wire())
                .put("status_reason", job.state().reason())
                .put("priority", job.priority())
                .put("created", job.created().toString())
                .put("updated", job.updated().toString())
                .put("user", job.user().hex())
                .put("project", job.project().hex())
                .put("manager", job.manager().hex())
                .put(
                        "tasks",
                        new JsonObject()
                                .put("total", job.state().tasks().total())
                                .put("by_status", byStatus));
    }

    /** A job with all that is known of it. */
    static JsonObject whole(StoredJob job) {
        return job(job).put("settings", new JsonObject(job.settings()));
    }

    /** A task. */
    static JsonObject task(StoredTask task, StoredJob job) {
        JsonArray parents = new JsonArray();
        task.parents().forEach(parent -> parents.add(parent.hex()));
        JsonArray failed = new JsonArray();
        task.failedByWorkers()
                .forEach(worker -> failed.add(
                        new JsonObject().put("id", worker.id().hex()).put("identifier", worker.identifier())));
        return new JsonObject()
                .put("id", task.id().hex())
                .put("job", job.id().hex())
                .put("name", task.state().name())
                .put("status", task.state().status().wire())
                .put("task_type", task.taskType())
                .put("priority", task.priority())
                .put("parents", parents)
                .put("activity", task.state().activity())
                .put("worker", task.state().worker())
                .put("log_tail", task.logTail())
                .put("failed_by_workers", failed)
                .put("task_progress_percentage", task.state().progressPercentage())
                .put("activated", moment(task.state().times().activated()))
                .put("ended", moment(task.state().times().ended()))
                .put("updated", WireTasks.changed(task, job).toString());
    }

    private static @Nullable String moment(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }

    /** A task with its commands. */
    static JsonObject whole(StoredTask task, StoredJob job) {
        JsonObject whole = task(task, job).put("commands", new JsonArray(task.commands()));
        return task.timing().isEmpty() ? whole : whole.put("timing", new JsonObject(task.timing()));
    }

    /** A Manager. */
    static JsonObject manager(StoredManager manager) {
        return new JsonObject()
                .put("id", manager.id().hex())
                .put("name", manager.name())
                .put("description", manager.description())
                .put("url", manager.url())
                .put("nr_of_workers", manager.workers())
                .put("worker_task_types", new JsonArray(new ArrayList<>(manager.taskTypes())));
    }

    /** A job type with its settings. */
    static JsonObject jobType(JobCompiler compiler) {
        JsonArray settings = new JsonArray();
        compiler.settings().forEach(setting -> settings.add(setting(setting)));
        return new JsonObject()
                .put("name", compiler.jobType())
                .put("description", compiler.description())
                .put("settings", settings);
    }

    private static JsonObject setting(SettingDescription setting) {
        JsonObject json = new JsonObject()
                .put("name", setting.name())
                .put("type", setting.type().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("required", setting.required())
                .put("label", setting.label())
                .put("help", setting.help());
        if (setting.defaultValue() != null) {
            json.put("default", setting.defaultValue());
        }
        if (setting.minimum() != null) {
            json.put("minimum", setting.minimum());
        }
        if (setting.maximum() != null) {
            json.put("maximum", setting.maximum());
        }
        return setting.choices().isEmpty() ? json : json.put("choices", new JsonArray(setting.choices()));
    }
}

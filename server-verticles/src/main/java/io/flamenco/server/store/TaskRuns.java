package io.flamenco.server.store;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.domain.TaskState;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Optional;

/** The tasks as far as it is of interest when and where they ran, read without their commands and logs. */
public final class TaskRuns {

    private static final JsonObject FIELDS = Tasks.STATE_ONLY.copy().put("task_type", 1);

    private final MongoClient mongo;

    public TaskRuns(FarmDatabase database) {
        this.mongo = database.client();
    }

    /**
     * Tasks that run or ran since they were last queued, oldest first.
     *
     * @param after the last task of the page before; empty for the first page
     */
    public Future<List<TaskRun>> page(TaskQuery wanted, Optional<TaskId> after, int limit) {
        JsonObject query = wanted.toQuery().put(TaskDocuments.ACTIVATED, new JsonObject().put("$exists", true));
        after.ifPresent(id -> query.put("_id", Tasks.behind(id)));
        FindOptions options =
                new FindOptions().setFields(FIELDS).setSort(Tasks.OLDEST_FIRST).setLimit(limit);
        return mongo.findWithOptions(Tasks.COLLECTION, query, options)
                .map(found -> found.stream().map(TaskRuns::run).toList());
    }

    private static TaskRun run(JsonObject document) {
        TaskState task = TaskDocuments.state(document);
        return new TaskRun(
                task.id(),
                task.name(),
                document.getString("task_type", ""),
                task.status(),
                task.worker(),
                task.times());
    }
}

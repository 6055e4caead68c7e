package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.oid;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Which tasks of a job to list; what is empty does not narrow.
 *
 * @param nameContains a part of the name, in upper or lower case
 * @param workerContains a part of the name or address of the Worker that runs it or ran it last
 */
public record TaskQuery(
        JobId job, Set<TaskStatus> statuses, String nameContains, Set<String> taskTypes, String workerContains) {

    public TaskQuery {
        statuses = Set.copyOf(statuses);
        taskTypes = Set.copyOf(taskTypes);
    }

    /** All tasks of the job. */
    public static TaskQuery of(JobId job) {
        return new TaskQuery(job, Set.of(), "", Set.of(), "");
    }

    JsonObject toQuery() {
        JsonObject query = new JsonObject().put("job", oid(job.hex()));
        if (!statuses.isEmpty()) {
            JsonArray wanted = new JsonArray();
            statuses.forEach(status -> wanted.add(status.wire()));
            query.put("status", new JsonObject().put("$in", wanted));
        }
        if (!taskTypes.isEmpty()) {
            JsonArray wanted = new JsonArray();
            taskTypes.forEach(wanted::add);
            query.put("task_type", new JsonObject().put("$in", wanted));
        }
        if (!nameContains.isEmpty()) {
            query.put("name", JobQuery.containing(nameContains));
        }
        return workerContains.isEmpty() ? query : query.put("worker", JobQuery.containing(workerContains));
    }
}

package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;

import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskEffect;
import io.flamenco.server.domain.TaskPatch;
import io.flamenco.server.domain.TaskTimes;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is written into the documents of tasks when they change. */
final class TaskUpdates {

    private static final Set<TaskStatus> OFFERED =
            EnumSet.of(TaskStatus.QUEUED, TaskStatus.CLAIMED_BY_MANAGER, TaskStatus.SOFT_FAILED);

    private TaskUpdates() {}

    /** That its Manager has it. */
    static JsonObject claimed() {
        return new JsonObject()
                .put("$set", new JsonObject().put("status", TaskStatus.CLAIMED_BY_MANAGER.wire()))
                .put("$unset", new JsonObject().put("log_file", ""));
    }

    /** What changes of a single task. */
    static JsonObject of(Ledger.ChangedTask change, Instant now) {
        TaskPatch patch = change.patch();
        JsonObject set = TaskDocuments.fields(patch).put("_updated", date(now));
        JsonObject unset = new JsonObject();
        boolean forgets = patch.failedByWorkers().filter(List::isEmpty).isPresent();
        if (forgets) {
            unset.put("failed_by_workers", "");
        }
        patch.times().ifPresent(times -> TaskDocuments.times(times, set, unset));
        TaskStatus status = patch.status().orElse(change.before().status());
        if (OFFERED.contains(status)) {
            set.put("offered_at", date(now));
        } else if (OFFERED.contains(change.before().status())) {
            unset.put("offered_at", "");
        }
        return setAndUnset(set, unset);
    }

    /** What happens to many tasks of a job. */
    static BulkOperation of(JobId job, TaskEffect effect, Instant now) {
        return switch (effect) {
            case TaskEffect.Move move ->
                BulkOperation.createUpdate(
                        Tasks.ofJob(job).put("status", Tasks.in(move.from())), moving(move, now), false, true);
            case TaskEffect.Explain explain ->
                BulkOperation.createUpdate(
                        Tasks.ofJob(job)
                                .put("status", Tasks.in(explain.of()))
                                .put("activity", new JsonObject().put("$exists", false)),
                        setAndUnset(
                                new JsonObject()
                                        .put("activity", explain.activity())
                                        .put("_updated", date(now)),
                                new JsonObject()),
                        false,
                        true);
        };
    }

    private static JsonObject moving(TaskEffect.Move move, Instant now) {
        JsonObject set = new JsonObject().put("status", move.to().wire()).put("_updated", date(now));
        JsonObject unset = new JsonObject();
        unset.put("offered_at", "");
        if (move.to() != TaskStatus.CANCEL_REQUESTED) {
            TaskDocuments.times(TaskTimes.NONE.after(move.to(), now), set, unset);
        }
        if (move.forgetFailures()) {
            unset.put("failed_by_workers", "");
        }
        return setAndUnset(set, unset);
    }

    private static JsonObject setAndUnset(JsonObject set, JsonObject unset) {
        JsonObject update = new JsonObject().put("$set", set);
        return unset.isEmpty() ? update : update.put("$unset", unset);
    }
}

package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.domain.Ledger;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.domain.TaskState;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tasks.
 *
 * <p>{@code offered_at} stands in a task that its Manager may take, and is then when it last changed: an index over it
 * finds what is new to a Manager without looking at tasks that run or have ended.
 */
public final class Tasks {

    static final String COLLECTION = "flamenco_tasks";

    static final JsonObject STATE_ONLY = new JsonObject()
            .put("job", 1)
            .put("manager", 1)
            .put("name", 1)
            .put("status", 1)
            .put("worker", 1)
            .put("activity", 1)
            .put("task_progress_percentage", 1)
            .put(TaskDocuments.ACTIVATED, 1)
            .put(TaskDocuments.ENDED, 1);
    static final JsonObject OLDEST_FIRST = new JsonObject().put("_id", 1);

    private final MongoClient mongo;
    private final NewDocuments fresh;

    public Tasks(FarmDatabase database) {
        this.mongo = database.client();
        this.fresh = new NewDocuments(database, COLLECTION);
    }

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(
                mongo,
                COLLECTION,
                List.of(
                        new JsonObject().put("job", 1).put("_id", 1),
                        new JsonObject().put("job", 1).put("status", 1).put("_id", 1),
                        new JsonObject().put("manager", 1).put("offered_at", 1)));
    }

    /** Stores new tasks of a job. May be called on any thread, and had better not be on an event loop when they are many. */
    public Future<Void> insert(JobId job, ManagerId manager, TaskStatus status, Instant now, List<NewTask> tasks) {
        return fresh.insert(tasks.stream()
                .map(task -> TaskDocuments.document(task, job, manager, status, now))
                .toList());
    }

    /** The task; empty when there is none. */
    public Future<Optional<StoredTask>> find(TaskId id) {
        return mongo.findOne(COLLECTION, new JsonObject().put("_id", oid(id.hex())), null)
                .map(document -> Optional.ofNullable(document).map(TaskDocuments::task));
    }

    /** Those of the tasks that exist. */
    public Future<List<StoredTask>> find(Collection<TaskId> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(List.of())
                : tasks(new JsonObject().put("_id", oneOf(ids)), new FindOptions());
    }

    /** Some of the tasks whose ids begin so, without commands, log and parents. */
    public Future<List<TaskState>> beginningWith(String beginning, int limit) {
        return mongo.findWithOptions(
                        COLLECTION,
                        IdRange.query(beginning),
                        new FindOptions().setFields(STATE_ONLY).setLimit(limit))
                .map(found -> found.stream().map(TaskDocuments::state).toList());
    }

    /** Those of the tasks that exist, without commands, log and parents. */
    public Future<List<TaskState>> states(Collection<TaskId> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(List.of())
                : mongo.findWithOptions(
                                COLLECTION,
                                new JsonObject().put("_id", oneOf(ids)),
                                new FindOptions().setFields(STATE_ONLY))
                        .map(found -> found.stream().map(TaskDocuments::state).toList());
    }

    /**
     * Some of a job's tasks, oldest first.
     *
     * @param statuses which ones; empty for all
     * @param after the last task of the page before; empty for the first page
     */
    public Future<List<StoredTask>> page(JobId job, Set<TaskStatus> statuses, Optional<TaskId> after, int limit) {
        JsonObject query = ofJob(job);
        if (!statuses.isEmpty()) {
            query.put("status", in(statuses));
        }
        after.ifPresent(id -> query.put("_id", behind(id)));
        return tasks(query, new FindOptions().setSort(OLDEST_FIRST).setLimit(limit));
    }

    /**
     * One page of a job's tasks.
     *
     * @param after where the page before ended; empty for the first page
     * @param limit how many at most
     */
    public Future<List<StoredTask>> page(
            TaskQuery wanted, TaskSort sort, boolean descending, Optional<PageMark> after, int limit) {
        Sorting sorting = sort.sorting(descending);
        FindOptions options = new FindOptions().setSort(sorting.fields()).setLimit(limit);
        return tasks(sorting.behind(wanted.toQuery(), after), options);
    }

    /**
     * Tasks that a Manager may take and that changed within a span of time, earliest change first.
     *
     * @param after beginning of the span; not part of it
     * @param upTo end of the span; part of it
     */
    public Future<List<StoredTask>> offered(ManagerId manager, Instant after, Instant upTo) {
        JsonObject query = new JsonObject()
                .put("manager", oid(manager.hex()))
                .put("offered_at", new JsonObject().put("$gt", date(after)).put("$lte", date(upTo)));
        return tasks(query, new FindOptions().setSort(new JsonObject().put("offered_at", 1)));
    }

    /** The ids of a job's tasks of one status. */
    public Future<List<TaskId>> ids(JobId job, TaskStatus status) {
        FindOptions onlyIds =
                new FindOptions().setFields(new JsonObject().put("_id", 1)).setSort(OLDEST_FIRST);
        return mongo.findWithOptions(COLLECTION, ofJob(job).put("status", status.wire()), onlyIds)
                .map(found -> found.stream().map(TaskDocuments::id).toList());
    }

    /** The first task of a job that has this name; empty when there is none. */
    public Future<Optional<StoredTask>> named(JobId job, String name) {
        return tasks(
                        ofJob(job).put("name", name),
                        new FindOptions().setSort(OLDEST_FIRST).setLimit(1))
                .map(found -> found.stream().findFirst());
    }

    /** Queues a task; its job is released by those who use this. */
    public Future<Void> queue(TaskId id) {
        return mongo.updateCollection(
                        COLLECTION,
                        new JsonObject().put("_id", oid(id.hex())),
                        new JsonObject()
                                .put("$set", new JsonObject().put("status", TaskStatus.QUEUED.wire()))
                                .put(
                                        "$unset",
                                        new JsonObject()
                                                .put("offered_at", "")
                                                .put(TaskDocuments.ACTIVATED, "")
                                                .put(TaskDocuments.ENDED, "")))
                .mapEmpty();
    }

    /** Gives a task other commands. */
    public Future<Void> writeCommands(TaskId id, String commands) {
        return mongo.updateCollection(
                        COLLECTION,
                        new JsonObject().put("_id", oid(id.hex())),
                        new JsonObject().put("$set", new JsonObject().put("commands", commands)))
                .mapEmpty();
    }

    /**
     * Makes tasks wait for another one.
     *
     * @param waitingFor which tasks: those that wait for exactly this one; empty for those of the type that wait for any or
     *     none
     */
    public Future<Void> reparent(JobId job, String taskType, Optional<TaskId> waitingFor, TaskId newParent) {
        JsonObject query = ofJob(job).put("task_type", taskType);
        waitingFor.ifPresent(parent -> query.put("parents", new JsonArray().add(oid(parent.hex()))));
        JsonObject set = new JsonObject().put("parents", new JsonArray().add(oid(newParent.hex())));
        return mongo.updateCollectionWithOptions(
                        COLLECTION, query, new JsonObject().put("$set", set), new UpdateOptions().setMulti(true))
                .mapEmpty();
    }

    /** The ids of the tasks that wait for this one. */
    public Future<List<TaskId>> children(JobId job, TaskId parent) {
        FindOptions onlyIds =
                new FindOptions().setFields(new JsonObject().put("_id", 1)).setSort(OLDEST_FIRST);
        return mongo.findWithOptions(COLLECTION, ofJob(job).put("parents", oid(parent.hex())), onlyIds)
                .map(found -> found.stream().map(TaskDocuments::id).toList());
    }

    /** How many of a job's tasks of some statuses wait for one of other statuses. */
    public Future<Integer> countWaitingFor(JobId job, Set<TaskStatus> waiting, Set<TaskStatus> parents) {
        FindOptions onlyParents = new FindOptions().setFields(new JsonObject().put("parents", 1));
        return ids(job, parents)
                .compose(lost -> mongo.findWithOptions(COLLECTION, ofJob(job).put("status", in(waiting)), onlyParents)
                        .map(found -> (int) found.stream()
                                .filter(task ->
                                        TaskDocuments.parents(task).stream().anyMatch(lost::contains))
                                .count()));
    }

    private Future<Set<TaskId>> ids(JobId job, Set<TaskStatus> statuses) {
        FindOptions onlyIds = new FindOptions().setFields(new JsonObject().put("_id", 1));
        return mongo.findWithOptions(COLLECTION, ofJob(job).put("status", in(statuses)), onlyIds)
                .map(found -> found.stream().map(TaskDocuments::id).collect(Collectors.toSet()));
    }

    /** How many tasks of the job have each status, counted one by one. */
    public Future<TaskCounts> count(JobId job) {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        Future<Void> counted = Future.succeededFuture();
        for (TaskStatus status : TaskStatus.values()) {
            counted = counted.compose(
                            before -> mongo.count(COLLECTION, ofJob(job).put("status", status.wire())))
                    .map(count -> {
                        counts.put(status, count.intValue());
                        return null;
                    });
        }
        return counted.map(done -> TaskCounts.of(counts));
    }

    /** Stores the changes of single tasks. */
    public Future<Void> write(List<Ledger.ChangedTask> changes, Instant now) {
        List<BulkOperation> updates = changes.stream()
                .map(change -> BulkOperation.createUpdate(
                        new JsonObject().put("_id", oid(change.after().id().hex())), TaskUpdates.of(change, now)))
                .toList();
        return bulk(updates);
    }

    /**
     * Stores what happens to many tasks of some jobs. Those that are queued are offered to the Manager by releasing the job,
     * which spares writing it into each of them.
     */
    public Future<Void> writeAll(List<Ledger.JobEffects> effects, Instant now) {
        return bulk(effects.stream()
                .flatMap(ofJob -> ofJob.effects().stream()
                        .map(effect -> TaskUpdates.of(ofJob.job().id(), effect, now)))
                .toList());
    }

    /** As {@link #claim(Collection)}, for all queued tasks of a job from one to another in the order of their ids. */
    public Future<Void> claimRange(JobId job, TaskId first, TaskId last) {
        JsonObject queued = ofJob(job)
                .put("status", TaskStatus.QUEUED.wire())
                .put("_id", new JsonObject().put("$gte", oid(first.hex())).put("$lte", oid(last.hex())));
        return mongo.updateCollectionWithOptions(
                        COLLECTION, queued, TaskUpdates.claimed(), new UpdateOptions().setMulti(true))
                .mapEmpty();
    }

    /** Marks queued tasks as taken by their Manager; that is no change that the Manager would have to learn of. */
    public Future<Void> claim(Collection<TaskId> ids) {
        return bulk(ids.stream()
                .map(id ->
                        BulkOperation.createUpdate(new JsonObject().put("_id", oid(id.hex())), TaskUpdates.claimed()))
                .toList());
    }

    /** Remembers where the uploaded log of a task is kept. */
    public Future<Void> attachLog(TaskId id, String logFile) {
        return mongo.updateCollection(
                        COLLECTION,
                        new JsonObject().put("_id", oid(id.hex())),
                        new JsonObject().put("$set", new JsonObject().put("log_file", logFile)))
                .mapEmpty();
    }

    /** Removes all tasks of a job. */
    public Future<Void> removeOf(JobId job) {
        return mongo.removeDocuments(COLLECTION, ofJob(job)).mapEmpty();
    }

    private Future<Void> bulk(List<BulkOperation> operations) {
        return operations.isEmpty()
                ? Future.succeededFuture()
                : mongo.bulkWrite(COLLECTION, operations).mapEmpty();
    }

    private Future<List<StoredTask>> tasks(JsonObject query, FindOptions options) {
        return mongo.findWithOptions(COLLECTION, query, options)
                .map(found -> found.stream().map(TaskDocuments::task).toList());
    }

    static JsonObject ofJob(JobId job) {
        return new JsonObject().put("job", oid(job.hex()));
    }

    static JsonObject behind(TaskId id) {
        return new JsonObject().put("$gt", oid(id.hex()));
    }

    private static JsonObject oneOf(Collection<TaskId> ids) {
        JsonArray list = new JsonArray();
        ids.forEach(id -> list.add(oid(id.hex())));
        return new JsonObject().put("$in", list);
    }

    static JsonObject in(Set<TaskStatus> statuses) {
        JsonArray list = new JsonArray();
        statuses.forEach(status -> list.add(status.wire()));
        return new JsonObject().put("$in", list);
    }
}

package io.flamenco.manager.store;

import io.flamenco.mongo.Bson;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.Id;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the farm at start, and writes what each turn changed. */
public final class FarmStore {

    private static final Logger LOG = LoggerFactory.getLogger(FarmStore.class);

    private static final String TASKS = "flamenco_tasks";
    private static final String WORKERS = "flamenco_workers";
    private static final String LOOSE_UPDATES = "task_update_queue";
    private static final String CONFIRMED = "task_updates_confirmed";
    private static final String BLOCKLIST = "worker_blacklist";

    private static final String THE_ONE_ID = "outbox";
    private static final JsonObject THE_ONE = new JsonObject().put("_id", THE_ONE_ID);
    private static final int READ_BATCH = 1000;

    private final FarmDatabase database;
    private final MongoClient mongo;

    public FarmStore(FarmDatabase database) {
        this.database = database;
        this.mongo = database.client();
    }

    /** Makes the indexes that are missing. */
    public Future<Void> prepare() {
        return index(TASKS, new JsonObject().put("status", 1).put("priority", 1), "status_1_priority_1")
                .compose(done -> index(
                        LOOSE_UPDATES,
                        new JsonObject().put("task_id", 1).put("received_on_manager", 1),
                        "task_id_1_received_on_manager_1"))
                .compose(done -> index(BLOCKLIST, new JsonObject().put("worker_id", 1), "worker-id"));
    }

    /** Succeeds when the database answers. */
    public Future<Void> ping() {
        return mongo.runCommand("ping", new JsonObject().put("ping", 1)).mapEmpty();
    }

    /** Reads every task, without what only its Worker needs; succeeds after the last. */
    public Future<Void> eachTask(Consumer<TaskRow> reader) {
        FindOptions options =
                new FindOptions().setFields(TaskFields.WITHOUT_COMMANDS).setBatchSize(READ_BATCH);
        return each(TASKS, options, document -> reader.accept(TaskFields.row(document)));
    }

    /** Reads every Worker. */
    public Future<Void> eachWorker(Consumer<WorkerRow> reader) {
        return each(WORKERS, new FindOptions(), document -> reader.accept(WorkerFields.row(document)));
    }

    /** Reads the whole blocklist. */
    public Future<Void> eachBlocked(Consumer<BlocklistRow> reader) {
        return each(BLOCKLIST, new FindOptions(), document -> reader.accept(WorkerFields.blocklistRow(document)));
    }

    /** Reads the updates that are not kept in a task's document, the oldest first. */
    public Future<Void> eachLooseUpdate(Consumer<TaskUpdate> reader) {
        FindOptions oldestFirst = new FindOptions()
                .setSort(new JsonObject().put("received_on_manager", 1).put("_id", 1));
        return each(LOOSE_UPDATES, oldestFirst, document -> reader.accept(UpdateFields.update(document)));
    }

    /** The Server has confirmed every update of a task up to this number. */
    public Future<Long> confirmedUpTo() {
        return mongo.findOne(CONFIRMED, THE_ONE, new JsonObject())
                .map(document -> document == null ? 0 : document.getLong("up_to", 0L));
    }

    /** The tasks with everything; those that are not there are left out. */
    public Future<List<WireTask>> tasks(Collection<TaskId> ids) {
        return mongo.find(TASKS, oneOf(ids))
                .map(documents -> documents.stream().map(TaskFields::task).toList());
    }

    /** Writes what changed; succeeds when the database has acknowledged all of it. */
    public Future<Void> write(FarmChanges changes) {
        return writeTasks(changes)
                .compose(done -> writeWorkers(changes))
                .compose(done -> writeBlocklist(changes))
                .compose(done -> writeLooseUpdates(changes))
                .compose(done -> writeConfirmed(changes));
    }

    private Future<Void> writeTasks(FarmChanges changes) {
        Batch batch = new Batch(TASKS);
        changes.documents()
                .forEach(document ->
                        batch.replace(id(document.row().id()), TaskFields.document(document.row(), document.task())));
        changes.tasks().forEach(change -> batch.set(id(change.row().id()), StateFields.changed(change)));
        changes.removedTasks().forEach(removed -> batch.delete(id(removed)));
        return batch.write(database);
    }

    private Future<Void> writeWorkers(FarmChanges changes) {
        Batch batch = new Batch(WORKERS);
        changes.workers().forEach(row -> batch.replace(id(row.id()), WorkerFields.document(row)));
        changes.removedWorkers().forEach(removed -> batch.delete(id(removed)));
        return batch.write(database);
    }

    private Future<Void> writeBlocklist(FarmChanges changes) {
        Batch batch = new Batch(BLOCKLIST);
        changes.blocked()
                .forEach(row -> batch.update(
                        WorkerFields.key(row),
                        new JsonObject()
                                .put("$set", new JsonObject().put("_created", Bson.date(row.created())))
                                .put("$setOnInsert", new JsonObject().put("_id", Bson.freshOid())),
                        true));
        changes.unblocked().forEach(row -> batch.delete(WorkerFields.key(row)));
        return batch.write(database);
    }

    private Future<Void> writeLooseUpdates(FarmChanges changes) {
        Batch batch = new Batch(LOOSE_UPDATES);
        changes.looseUpdates().forEach(update -> batch.replace(id(update.id()), UpdateFields.document(update)));
        changes.handledLooseUpdates().forEach(handled -> batch.delete(id(handled)));
        return batch.write(database);
    }

    private Future<Void> writeConfirmed(FarmChanges changes) {
        Batch batch = new Batch(CONFIRMED);
        if (changes.confirmedUpTo() > 0) {
            batch.replace(THE_ONE, new JsonObject().put("_id", THE_ONE_ID).put("up_to", changes.confirmedUpTo()));
        }
        return batch.write(database);
    }

    private Future<Void> each(String collection, FindOptions options, Consumer<JsonObject> reader) {
        Promise<Void> finished = Promise.promise();
        ReadStream<JsonObject> documents = mongo.findBatchWithOptions(collection, new JsonObject(), options);
        documents
                .exceptionHandler(finished::tryFail)
                .endHandler(end -> finished.tryComplete())
                .handler(document -> {
                    try {
                        reader.accept(document);
                    } catch (RuntimeException e) {
                        finished.tryFail(new IllegalStateException(
                                "a document of " + collection + " cannot be read: " + e.getMessage() + "; document "
                                        + document.getValue("_id"),
                                e));
                    }
                });
        return finished.future();
    }

    private Future<Void> index(String collection, JsonObject keys, String name) {
        return mongo.createIndexWithOptions(collection, keys, new IndexOptions().name(name))
                .recover(failure -> {
                    LOG.warn("An index is missing; all works, if more slowly. index={}.{}", collection, name, failure);
                    return Future.succeededFuture();
                });
    }

    private static JsonObject id(Id id) {
        return new JsonObject().put("_id", Bson.oid(id.hex()));
    }

    private static JsonObject oneOf(Collection<TaskId> ids) {
        JsonArray list = new JsonArray();
        ids.forEach(id -> list.add(Bson.oid(id.hex())));
        return new JsonObject().put("_id", new JsonObject().put("$in", list));
    }
}

package io.flamenco.manager.store;

import io.flamenco.mongo.Bson;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.wire.TaskUpdate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.util.ArrayList;
import java.util.List;

/** Throws away what a person no longer wants, in the database of a Manager that does not run. */
public final class Clearance {

    private static final String TASKS = "flamenco_tasks";
    private static final String LOOSE_UPDATES = "task_update_queue";
    private static final int READ_BATCH = 1000;

    private final FarmDatabase database;
    private final MongoClient mongo;

    public Clearance(FarmDatabase database) {
        this.database = database;
        this.mongo = database.client();
    }

    /** How many tasks are here. */
    public Future<Long> tasks() {
        return mongo.count(TASKS, new JsonObject());
    }

    /** How many updates wait for the Server. */
    public Future<Long> updates() {
        return mongo.count(LOOSE_UPDATES, new JsonObject())
                .compose(loose -> updatesOfTasks().map(kept -> loose + kept.size()));
    }

    /**
     * Forgets all tasks, and how far they were downloaded. What the Server was not told of them yet is kept: it is moved
     * out of the tasks first, so that nothing is lost however this is interrupted.
     */
    public Future<Void> forgetTasks() {
        return updatesOfTasks()
                .compose(this::keep)
                .compose(kept -> forgetAll(TASKS))
                .compose(forgotten -> new DownloadCursor(mongo).forget());
    }

    /** Forgets what the Server was not told yet. */
    public Future<Void> forgetUpdates() {
        JsonObject none = new JsonObject().put("$set", new JsonObject().put("outbox", new JsonArray()));
        return mongo.updateCollectionWithOptions(TASKS, withUpdates(), none, new UpdateOptions().setMulti(true))
                .compose(emptied -> forgetAll(LOOSE_UPDATES));
    }

    private Future<List<TaskUpdate>> updatesOfTasks() {
        return new FarmStore(database).confirmedUpTo().compose(this::updatesBehind);
    }

    private Future<List<TaskUpdate>> updatesBehind(long confirmed) {
        Promise<List<TaskUpdate>> all = Promise.promise();
        List<TaskUpdate> updates = new ArrayList<>();
        FindOptions options =
                new FindOptions().setFields(new JsonObject().put("outbox", 1)).setBatchSize(READ_BATCH);
        mongo.findBatchWithOptions(TASKS, withUpdates(), options)
                .exceptionHandler(all::tryFail)
                .endHandler(end -> all.tryComplete(updates))
                .handler(task -> UpdateFields.updates(task.getJsonArray("outbox")).stream()
                        .filter(queued -> !queued.confirmed(confirmed))
                        .forEach(queued -> updates.add(queued.update())));
        return all.future();
    }

    private Future<Void> keep(List<TaskUpdate> updates) {
        Batch batch = new Batch(LOOSE_UPDATES);
        updates.forEach(update ->
                batch.replace(new JsonObject().put("_id", Bson.oid(update.id().hex())), UpdateFields.document(update)));
        return batch.write(database);
    }

    private Future<Void> forgetAll(String collection) {
        Batch batch = new Batch(collection);
        batch.deleteAll();
        return batch.write(database);
    }

    private static JsonObject withUpdates() {
        return new JsonObject().put("outbox.0", new JsonObject().put("$exists", true));
    }
}

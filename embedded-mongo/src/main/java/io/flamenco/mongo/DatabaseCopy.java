package io.flamenco.mongo;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Copies all of one database into another one: the way from the embedded database to a MongoDB, and back. */
public final class DatabaseCopy {
    private static final int BATCH = 500;

    private final MongoClient from;
    private final MongoClient to;
    private long copied;
    private Future<Void> written = Future.succeededFuture();

    private DatabaseCopy(MongoClient from, MongoClient to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies the documents and indexes of all collections.
     *
     * @param to an empty database
     * @return how many documents there were; fails, having copied a part, when the target has documents or a write is refused
     */
    public static Future<Long> copy(FarmDatabase from, FarmDatabase to) {
        var copy = new DatabaseCopy(from.client(), to.client());
        return copy.from
                .getCollections()
                .compose(collections -> copy.requireEmpty(collections, to).compose(empty -> copy.all(collections)))
                .map(done -> copy.copied);
    }

    private Future<Void> requireEmpty(List<String> collections, FarmDatabase target) {
        Future<Void> checked = Future.succeededFuture();
        for (var collection : collections) {
            checked = checked.compose(ok -> to.count(collection, new JsonObject()))
                    .compose(count -> count == 0
                            ? Future.succeededFuture()
                            : Future.failedFuture(new IllegalStateException("The " + target.describe() + " already has "
                                    + count + " documents in " + collection + ": copy into an empty database")));
        }
        return checked;
    }

    private Future<Void> all(List<String> collections) {
        Future<Void> done = Future.succeededFuture();
        for (var collection : collections) {
            done = done.compose(previous -> indexes(collection)).compose(indexed -> documents(collection));
        }
        return done;
    }

    private Future<Void> indexes(String collection) {
        return from.listIndexes(collection).compose(indexes -> {
            Future<Void> done = Future.succeededFuture();
            for (var index : indexes.stream().map(JsonObject.class::cast).toList()) {
                if (!index.getString("name").equals("_id_")) {
                    done = done.compose(previous ->
                            to.createIndexWithOptions(collection, index.getJsonObject("key"), options(index)));
                }
            }
            return done;
        });
    }

    private static IndexOptions options(JsonObject index) {
        var options = new IndexOptions()
                .name(index.getString("name"))
                .unique(index.getBoolean("unique", false))
                .sparse(index.getBoolean("sparse", false));
        var expiry = index.getLong("expireAfterSeconds");
        return expiry == null ? options : options.expireAfter(expiry, TimeUnit.SECONDS);
    }

    private Future<Void> documents(String collection) {
        Promise<Void> done = Promise.promise();
        var batch = new ArrayList<BulkOperation>(BATCH);
        var documents = from.findBatchWithOptions(collection, new JsonObject(), new FindOptions().setBatchSize(BATCH));
        documents
                .exceptionHandler(done::tryFail)
                .endHandler(end -> write(collection, batch).onComplete(done))
                .handler(document -> {
                    batch.add(BulkOperation.createInsert(document));
                    if (batch.size() >= BATCH) {
                        documents.pause();
                        write(collection, batch)
                                .onSuccess(written -> documents.resume())
                                .onFailure(done::tryFail);
                    }
                });
        return done.future();
    }

    /** Writes a batch behind those before it; the last document may be read while they are still under way. */
    private Future<Void> write(String collection, List<BulkOperation> batch) {
        var writes = List.copyOf(batch);
        batch.clear();
        written = written.compose(before -> {
            copied += writes.size();
            return writes.isEmpty()
                    ? Future.succeededFuture()
                    : to.bulkWrite(collection, writes).mapEmpty();
        });
        return written;
    }
}

package io.flamenco.manager.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the tasks of the Server are downloaded, in the one document of the collection {@code settings}. */
public final class DownloadCursor {

    private static final String COLLECTION = "settings";
    private static final String CURSOR = "depsgraph_last_modified";
    private static final JsonObject THE_ONE = new JsonObject();

    private final MongoClient mongo;

    public DownloadCursor(MongoClient mongo) {
        this.mongo = mongo;
    }

    /** What the Server gave with the last whole download, verbatim; empty when the next one begins from nothing. */
    public Future<Optional<String>> read() {
        return mongo.findOne(COLLECTION, THE_ONE, new JsonObject().put(CURSOR, 1))
                .map(document -> Optional.ofNullable(document).map(found -> found.getString(CURSOR)));
    }

    /** Remembers how far it is. */
    public Future<Void> store(String cursor) {
        return set(cursor);
    }

    /** Has the next download begin from nothing. */
    public Future<Void> forget() {
        return set(null);
    }

    private Future<Void> set(@Nullable String cursor) {
        return mongo.updateCollectionWithOptions(
                        COLLECTION,
                        THE_ONE,
                        new JsonObject().put("$set", new JsonObject().put(CURSOR, cursor)),
                        new UpdateOptions().setUpsert(true))
                .mapEmpty();
    }
}

package io.flamenco.server.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;

/** Makes indexes one after the other. */
final class Indexes {

    private Indexes() {}

    static Future<Void> make(MongoClient mongo, String collection, List<JsonObject> keys) {
        Future<Void> made = Future.succeededFuture();
        for (JsonObject key : keys) {
            made = made.compose(before -> mongo.createIndex(collection, key));
        }
        return made;
    }
}

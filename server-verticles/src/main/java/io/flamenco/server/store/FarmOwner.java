package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;

/**
 * The project and the user to whom jobs belong as long as nobody else is named. Managers insist on both, so they are made
 * at the first start and stay.
 */
public record FarmOwner(ProjectId project, UserId user) {

    private static final String USUAL = "default";

    /** Reads them, or makes them. */
    public static Future<FarmOwner> readOrMake(FarmDatabase database) {
        MongoClient mongo = database.client();
        return readOrMake(mongo, "projects")
                .compose(project -> readOrMake(mongo, "users")
                        .map(user -> new FarmOwner(new ProjectId(project), new UserId(user))));
    }

    private static Future<String> readOrMake(MongoClient mongo, String collection) {
        return mongo.findOne(collection, new JsonObject().put("name", USUAL), null)
                .compose(found -> found == null ? make(mongo, collection) : dated(mongo, collection, found));
    }

    private static Future<String> make(MongoClient mongo, String collection) {
        String id = ObjectIds.next();
        JsonObject document = dates(id).put("_id", oid(id)).put("name", USUAL);
        return mongo.insert(collection, document).map(id);
    }

    /** Those that were made by earlier versions have no dates. */
    private static Future<String> dated(MongoClient mongo, String collection, JsonObject found) {
        String id = hex(found.getValue("_id"));
        if (found.containsKey("_created")) {
            return Future.succeededFuture(id);
        }
        JsonObject missing = dates(id);
        found.fieldNames().forEach(missing::remove);
        return mongo.updateCollection(
                        collection, new JsonObject().put("_id", oid(id)), new JsonObject().put("$set", missing))
                .map(id);
    }

    private static JsonObject dates(String id) {
        return new JsonObject().put("_created", date(ObjectIds.madeAt(id))).put("_updated", date(ObjectIds.madeAt(id)));
    }
}

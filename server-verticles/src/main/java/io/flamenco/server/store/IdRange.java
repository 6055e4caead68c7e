package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.oid;

import io.vertx.core.json.JsonObject;

/** All ids that begin with the same digits: a range of the index over ids. */
final class IdRange {

    private static final int LENGTH = 24;

    private IdRange() {}

    /**
     * Matches them.
     *
     * @param beginning at most 24 hexadecimal digits
     */
    static JsonObject query(String beginning) {
        return new JsonObject()
                .put(
                        "_id",
                        new JsonObject()
                                .put("$gte", oid(filled(beginning, "0")))
                                .put("$lte", oid(filled(beginning, "f"))));
    }

    private static String filled(String beginning, String digit) {
        return beginning + digit.repeat(LENGTH - beginning.length());
    }
}

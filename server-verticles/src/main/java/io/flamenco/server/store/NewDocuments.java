package io.flamenco.server.store;

import io.flamenco.mongo.FarmDatabase;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Stores many new documents by the database's own command: to the embedded database they go by reference, which spares the way
 * through the client and its socket. May be called on any thread.
 */
final class NewDocuments {

    /** MongoDB takes 16 MB in a command; a character takes three bytes at most. */
    private static final int MOST_CHARACTERS = 4 << 20;

    /** One of twelve bytes, with its type and its place in the list, as if they were characters of three. */
    private static final long CHARACTERS_OF_IDENTIFIER = 7;

    private static final JsonArray NONE = new JsonArray();
    private static final JsonObject DURABLE = new JsonObject().put("w", 1).put("j", true);

    private final FarmDatabase database;
    private final String collection;

    NewDocuments(FarmDatabase database, String collection) {
        this.database = database;
        this.collection = collection;
    }

    /**
     * Stores them in their order.
     *
     * @param documents with values made by {@link io.flamenco.mongo.Bson}; not to be changed any more
     * @return fails when the database refuses one; those before it are stored then
     */
    Future<Void> insert(List<JsonObject> documents) {
        if (documents.isEmpty()) {
            return Future.succeededFuture();
        }
        int fitting = fitting(documents);
        return insertAtOnce(documents.subList(0, fitting))
                .compose(stored -> insert(documents.subList(fitting, documents.size())));
    }

    private Future<Void> insertAtOnce(List<JsonObject> documents) {
        JsonObject command = new JsonObject()
                .put("insert", collection)
                .put("documents", new JsonArray(documents))
                .put("ordered", true)
                .put("writeConcern", DURABLE);
        return database.change(command).compose(answer -> {
            JsonArray errors = answer.getJsonArray("writeErrors", NONE);
            return errors.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(new IllegalStateException("The database refused to add to " + collection
                            + ": " + errors.getJsonObject(0).getString("errmsg")));
        });
    }

    private static int fitting(List<JsonObject> documents) {
        long characters = 0;
        for (int count = 0; count < documents.size(); count++) {
            characters += characters(documents.get(count));
            if (characters > MOST_CHARACTERS && count > 0) {
                return count;
            }
        }
        return documents.size();
    }

    /** What makes a document long, its texts and lists of identifiers; the rest of it is short. */
    private static long characters(JsonObject document) {
        return document.getMap().values().stream()
                .mapToLong(value -> switch (value) {
                    case String text -> text.length();
                    case JsonArray identifiers -> identifiers.size() * CHARACTERS_OF_IDENTIFIER;
                    case null, default -> 0;
                })
                .sum();
    }
}

package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.oid;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.util.Optional;

/**
 * Sorts a list by a field and, where that is the same, by id, and goes on behind any of its items: so a page is found by an
 * index over the field, however far down the list it is, and nothing is shown twice when the list changes meanwhile.
 */
final class Sorting {

    private static final String ID = "_id";

    private final String field;
    private final boolean descending;

    Sorting(String field, boolean descending) {
        this.field = field;
        this.descending = descending;
    }

    JsonObject fields() {
        int direction = descending ? -1 : 1;
        JsonObject fields = new JsonObject().put(field, direction);
        return fields.put(ID, direction);
    }

    /**
     * The query, restricted to what comes behind an item.
     *
     * @param value of the item's field, as the database has it
     */
    JsonObject behind(JsonObject query, Object value, String id) {
        String further = descending ? "$lt" : "$gt";
        JsonObject behindId = new JsonObject().put(ID, new JsonObject().put(further, oid(id)));
        JsonArray all = new JsonArray().add(query);
        if (field.equals(ID)) {
            return new JsonObject().put("$and", all.add(behindId));
        }
        JsonArray either = new JsonArray()
                .add(new JsonObject().put(field, new JsonObject().put(further, value)))
                .add(behindId.put(field, value));
        JsonObject notBefore = new JsonObject().put(field, new JsonObject().put(further + "e", value));
        return new JsonObject().put("$and", all.add(notBefore).add(new JsonObject().put("$or", either)));
    }

    /** One page of a list in this order. */
    FindOptions page(int limit) {
        return new FindOptions().setSort(fields()).setLimit(limit);
    }

    /** The query, restricted when there is an item to go on behind. */
    JsonObject behind(JsonObject query, Optional<PageMark> mark) {
        return mark.map(one -> behind(query, one.value(), one.id())).orElse(query);
    }
}

package io.flamenco.manager.store;

import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.Id;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads values of documents, of which an older Manager or another program may have made anything. */
final class Values {

    private static final String NO_ID = "000000000000000000000000";

    private Values() {}

    static String text(JsonObject document, String field) {
        return document.getValue(field) instanceof String text ? text : "";
    }

    static int whole(JsonObject document, String field) {
        return document.getValue(field) instanceof Number number ? number.intValue() : 0;
    }

    static <T> @Nullable T id(JsonObject document, String field, Function<String, T> constructor) {
        Object value = document.getValue(field);
        if (value == null || "".equals(value)) {
            return null;
        }
        String hex = Bson.hex(value);
        return NO_ID.equals(hex) ? null : constructor.apply(hex);
    }

    static List<JsonObject> objects(JsonObject document, String field) {
        List<JsonObject> objects = new ArrayList<>();
        if (document.getValue(field) instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.getValue(i) instanceof JsonObject object) {
                    objects.add(object);
                }
            }
        }
        return objects;
    }

    static void putId(JsonObject fields, String field, @Nullable Id id) {
        if (id != null) {
            fields.put(field, Bson.oid(id.hex()));
        }
    }
}

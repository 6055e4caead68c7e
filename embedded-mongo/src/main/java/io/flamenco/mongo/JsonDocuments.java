package io.flamenco.mongo;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as {@code vertx-mongo-client} carries it, with the values of {@link Bson}, as documents of the embedded database and back.
 * What comes out is what would come out at the other end of the wire.
 */
final class JsonDocuments {
    private static final String OID = "$oid";
    private static final String DATE = "$date";
    private static final String BINARY = "$binary";

    private JsonDocuments() {}

    static Document document(JsonObject json) {
        return document(json.getMap());
    }

    static JsonObject json(Document document) {
        var json = new JsonObject();
        document.forEach((name, value) -> json.put(name, json(value)));
        return json;
    }

    private static Document document(Map<?, ?> fields) {
        var document = new Document();
        fields.forEach((name, value) -> document.put(String.valueOf(name), value(value)));
        return document;
    }

    private static @Nullable Object value(@Nullable Object json) {
        return switch (json) {
            case JsonObject object -> object(object.getMap());
            case Map<?, ?> object -> object(object);
            case JsonArray array -> list(array.getList());
            case List<?> array -> list(array);
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Integer number -> number;
            case Long number -> number;
            case Double number -> number;
            case Short number -> number.intValue();
            case Float number -> number.doubleValue();
            default ->
                throw new IllegalArgumentException("A document can't hold " + json + " of "
                        + json.getClass().getSimpleName());
        };
    }

    private static Object object(Map<?, ?> fields) {
        if (fields.size() == 1 && fields.get(OID) instanceof String hex) {
            return new ObjectId(hex);
        }
        if (fields.size() == 1 && fields.containsKey(DATE)) {
            return Bson.instant(new JsonObject().put(DATE, fields.get(DATE)));
        }
        return fields.containsKey(BINARY) ? new BinData(bytes(fields)) : document(fields);
    }

    private static byte[] bytes(Map<?, ?> fields) {
        return Bson.bytes(new JsonObject().put(BINARY, fields.get(BINARY)));
    }

    private static List<@Nullable Object> list(List<?> array) {
        List<@Nullable Object> values = new ArrayList<>(array.size());
        array.forEach(item -> values.add(value(item)));
        return values;
    }

    private static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case Document document -> json(document);
            case List<?> list -> {
                var array = new JsonArray();
                list.forEach(item -> array.add(json(item)));
                yield array;
            }
            case ObjectId id -> Bson.oid(id.getHexData());
            case Instant instant -> Bson.date(instant);
            case BinData binary -> Bson.binary(binary.getData());
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Number number -> number;
            default -> value.toString();
        };
    }
}

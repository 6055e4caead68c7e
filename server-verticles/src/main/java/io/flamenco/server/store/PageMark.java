package io.flamenco.server.store;

import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page of a sorted list ended, for the page behind it.
 *
 * @param order names the order of the list
 * @param value by which the last item was sorted, as the database has it
 * @param id of the last item
 */
public record PageMark(String order, Object value, String id) {

    private static final int LONGEST_TEXT = 10_000;
    private static final int PARTS = 3;

    /** As text that can stand in a URL. */
    public String text() {
        Buffer json = new JsonArray().add(order).add(value).add(id).toBuffer();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes());
    }

    /** The mark in such a text; empty when it is none, or of a list in another order. */
    public static Optional<PageMark> parse(String text, String order) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
            JsonArray parts = text.length() > LONGEST_TEXT ? new JsonArray() : new JsonArray(Buffer.buffer(json));
            boolean fits = parts.size() == PARTS
                    && order.equals(parts.getValue(0))
                    && plain(parts.getValue(1))
                    && parts.getValue(2) instanceof String id
                    && ObjectIds.isValid(id);
            return fits ? Optional.of(new PageMark(order, parts.getValue(1), parts.getString(2))) : Optional.empty();
        } catch (IllegalArgumentException | DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Nothing that the database could take for an operator. */
    private static boolean plain(Object value) {
        return value instanceof String
                || value instanceof Integer
                || (value instanceof JsonObject date && date.size() == 1 && isDate(date));
    }

    private static boolean isDate(JsonObject date) {
        return date.containsKey("$date") && Bson.instant(date).getEpochSecond() >= 0;
    }
}

package io.flamenco.shared.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws what nobody sends who means well: texts, numbers, and documents that nearly are what is asked for. */
final class HostileValues {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "..",
            "../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "\0",
            "\u202e\ufeff",
            "\ud83d\ude00",
            "\ud83d",
            "%",
            "$(id)",
            "'; DROP TABLE",
            "{job_storage}",
            "{\"$gt\": \"\"}",
            "$where",
            "<script>alert(1)</script>",
            "a\r\nX-Evil: 1",
            "-1",
            "NaN",
            "1e400",
            "9223372036854775808",
            "null",
            "true",
            "2026-13-45T99:00:00Z",
            "a".repeat(5000));
    private static final List<Object> NUMBERS =
            List.of(0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 0.5, -1e300, 1e300);

    private final Random random;
    private final JsonObject schemas;

    /** @param schemas to which references lead */
    HostileValues(Random random, JsonObject schemas) {
        this.random = random;
        this.schemas = schemas;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    String text() {
        return oneOf(TEXTS);
    }

    /** In the place of a name in a path or query. */
    String encoded() {
        return chance(0.8)
                ? URLEncoder.encode(text(), StandardCharsets.UTF_8)
                : oneOf(List.of("%00", "%2e%2e", "%c0%ae"));
    }

    /** A body for that schema: nearly right, quite wrong, or noise. */
    Buffer body(JsonObject schema) {
        return switch (random.nextInt(6)) {
            case 0 -> Buffer.buffer();
            case 1 -> noise();
            case 2 ->
                Buffer.buffer(oneOf(List.of("null", "[]", "{", "\"text\"", "[".repeat(3000), "{\"a\":".repeat(3000))));
            default -> Buffer.buffer(JsonArray.of(like(schema, 0)).encode().replaceAll("^\\[|]$", ""));
        };
    }

    private Buffer noise() {
        byte[] noise = new byte[random.nextInt(400)];
        random.nextBytes(noise);
        return Buffer.buffer(noise);
    }

    private @Nullable Object like(JsonObject schema, int depth) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            return like(schemas.getJsonObject(name, new JsonObject()), depth);
        }
        if (chance(0.2) || depth > 4) {
            return anything(depth);
        }
        return switch (schema.getString("type", "object")) {
            case "string" -> string(schema);
            case "integer", "number" -> chance(0.5) ? random.nextInt(100) : oneOf(NUMBERS);
            case "boolean" -> random.nextBoolean();
            case "array" -> new JsonArray().add(like(schema.getJsonObject("items", new JsonObject()), depth + 1));
            default -> object(schema, depth);
        };
    }

    private Object string(JsonObject schema) {
        String there = schema.getString("example");
        if (there != null && chance(0.7)) {
            return there;
        }
        JsonArray choices = schema.getJsonArray("enum");
        return choices != null && chance(0.7) ? choices.getValue(random.nextInt(choices.size())) : text();
    }

    private JsonObject object(JsonObject schema, int depth) {
        JsonObject object = new JsonObject();
        for (Map.Entry<String, Object> property : schema.getJsonObject("properties", new JsonObject())) {
            if (chance(0.7) && property.getValue() instanceof JsonObject known) {
                object.put(property.getKey(), like(known, depth + 1));
            }
        }
        if (chance(0.2)) {
            object.put(text(), anything(depth));
        }
        return object;
    }

    private @Nullable Object anything(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> oneOf(NUMBERS);
            case 2 -> random.nextBoolean();
            case 3 -> depth > 4 ? text() : JsonArray.of(anything(depth + 1));
            case 4 -> depth > 4 ? text() : new JsonObject().put(text(), anything(depth + 1));
            default -> text();
        };
    }
}

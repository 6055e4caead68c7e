package io.flamenco.server.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shows a Manager's variables of the second version as the first had them, for old tools; only what is for users. */
final class OldVariables {

    private static final Set<String> FOR_USERS = Set.of("", "all", "users");
    private static final String TWO_WAY = "twoway";

    private OldVariables() {}

    /** The same document with {@code variables} and {@code path_replacement} of the first version. */
    static JsonObject downgraded(JsonObject document) {
        JsonObject variables = new JsonObject();
        JsonObject replacements = new JsonObject();
        JsonObject stored = document.getJsonObject("variables", new JsonObject());
        for (String name : stored.fieldNames()) {
            if (stored.getValue(name) instanceof JsonObject variable) {
                boolean twoWay = TWO_WAY.equals(variable.getValue("direction"));
                (twoWay ? replacements : variables).put(name, byPlatform(variable));
            }
        }
        return document.put("variables", variables)
                .put("path_replacement", replacements)
                .put("settings_version", 1);
    }

    private static JsonObject byPlatform(JsonObject variable) {
        JsonObject byPlatform = new JsonObject();
        for (Object value : variable.getJsonArray("values", new JsonArray())) {
            if (value instanceof JsonObject one && FOR_USERS.contains(String.valueOf(one.getValue("audience", "")))) {
                platforms(one).forEach(platform -> byPlatform.put(platform, one.getValue("value")));
            }
        }
        return byPlatform;
    }

    private static List<String> platforms(JsonObject value) {
        List<String> platforms = new ArrayList<>();
        if (value.getValue("platforms") instanceof JsonArray several) {
            several.forEach(platform -> platforms.add(String.valueOf(platform)));
        }
        if (value.getValue("platform") instanceof String platform && !platform.isEmpty()) {
            platforms.add(platform);
        }
        return platforms;
    }
}

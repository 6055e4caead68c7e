package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to many things at once: which action, and either their ids or a filter that finds them.
 *
 * @param ids in the order given, each once; empty with a filter
 * @param filter empty when ids are given
 * @param dryRun whether it only says what would be touched
 */
record BulkBody(String action, List<String> ids, Optional<JsonObject> filter, boolean dryRun, JsonObject rest) {

    /** So many are done before the answer goes out, which takes some seconds. */
    static final int MOST = 500;

    private static final Set<String> KEYS =
            Set.of("action", "ids", "filter", "dry_run", "cursor", "limit", "priority", "successors", "lazy");

    static BulkBody read(RoutingContext context, Set<String> actions, Set<String> filters) {
        JsonObject body = Requests.object(context);
        refuseUnknown(body, KEYS);
        String action = String.valueOf(body.getValue("action"));
        if (!actions.contains(action)) {
            throw wrong("\"action\" must be one of " + String.join(", ", new TreeSet<>(actions)) + ".");
        }
        boolean byFilter = body.containsKey("filter");
        if (byFilter && filters.isEmpty()) {
            throw wrong("\"ids\" must say what it is about; a filter is not taken here.");
        }
        if (byFilter == body.containsKey("ids")) {
            throw wrong("Either \"ids\" or \"filter\" must say what it is about.");
        }
        return new BulkBody(
                action,
                byFilter ? List.of() : ids(body.getValue("ids")),
                byFilter ? Optional.of(filter(body.getValue("filter"), filters)) : Optional.empty(),
                yes(body, "dry_run"),
                body);
    }

    /** Whether a key beside action and choice says yes; no when absent. */
    boolean yes(String key) {
        return yes(rest, key);
    }

    private static boolean yes(JsonObject body, String key) {
        if (body.getValue(key, false) instanceof Boolean yes) {
            return yes;
        }
        throw wrong("\"" + key + "\" must be true or false.");
    }

    /** How many to touch at most with a filter. */
    int limit() {
        Object limit = rest.getValue("limit", MOST);
        if (limit instanceof Integer number && number >= 1 && number <= MOST) {
            return number;
        }
        throw wrong("\"limit\" must be a whole number from 1 to " + MOST + ".");
    }

    /** Where to go on; empty at the beginning. */
    Optional<String> cursor() {
        return Optional.ofNullable(rest.getValue("cursor")).map(String::valueOf);
    }

    /** The texts under a key of the filter: one, or a list. */
    <T> Set<T> set(String key, Function<String, Optional<T>> parse, String kind) {
        Object value = filter.map(one -> one.getValue(key)).orElse(null);
        Set<T> parsed = new LinkedHashSet<>();
        for (Object text : value instanceof JsonArray list ? list : value == null ? List.of() : List.of(value)) {
            parsed.add(parse.apply(String.valueOf(text))
                    .orElseThrow(
                            () -> wrong("\"" + Requests.shortened(String.valueOf(text)) + "\" is no " + kind + ".")));
        }
        return parsed;
    }

    /** The text under a key of the filter; empty when absent. */
    String text(String key) {
        return filter.map(one -> one.getValue(key))
                .map(String::valueOf)
                .orElse("")
                .strip();
    }

    /** The id under a key of the filter; empty when absent. */
    <T> Optional<T> id(String key, Function<String, T> constructor) {
        String text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!ObjectIds.isValid(text)) {
            throw wrong("\"" + key + "\" must be an id of 24 hexadecimal digits.");
        }
        return Optional.of(constructor.apply(text));
    }

    /** The moment under a key of the filter; empty when absent. */
    Optional<Instant> moment(String key) {
        String text = text(key);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(JsonDates.parse(text)
                        .orElseThrow(() -> wrong("\"" + key + "\" must be a moment such as 2026-01-31T12:00:00Z.")));
    }

    static HttpFailure wrong(String sentence) {
        return new HttpFailure(422, sentence);
    }

    private static List<String> ids(@Nullable Object value) {
        if (!(value instanceof JsonArray list) || list.isEmpty() || list.size() > MOST) {
            throw wrong("\"ids\" must be a list of 1 to " + MOST + " ids.");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Object id : list) {
            if (!(id instanceof String text) || !ObjectIds.isValid(text)) {
                throw wrong("\"" + Requests.shortened(String.valueOf(id))
                        + "\" is no id: 24 hexadecimal digits are needed.");
            }
            ids.add(text);
        }
        return List.copyOf(ids);
    }

    private static JsonObject filter(@Nullable Object value, Set<String> known) {
        if (!(value instanceof JsonObject filter) || filter.isEmpty()) {
            throw wrong("\"filter\" must name at least one of " + String.join(", ", new TreeSet<>(known))
                    + "; nothing is done to everything by mistake.");
        }
        refuseUnknown(filter, known);
        for (String key : filter.fieldNames()) {
            if (List.of("", "null", "[]")
                    .contains(String.valueOf(filter.getValue(key)).strip())) {
                throw wrong("\"" + key + "\" in the filter says nothing; give it a value, or leave it out.");
            }
        }
        return filter;
    }

    private static void refuseUnknown(JsonObject json, Set<String> known) {
        for (String key : json.fieldNames()) {
            if (!known.contains(key)) {
                throw wrong("\"" + Requests.shortened(key) + "\" is not known here; known are "
                        + String.join(", ", new TreeSet<>(known)) + ".");
            }
        }
    }
}

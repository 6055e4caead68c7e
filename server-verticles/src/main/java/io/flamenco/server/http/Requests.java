package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes requests apart; what does not fit is refused with a sentence. */
final class Requests {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    private Requests() {}

    /** An id in the path. */
    static <T> T id(RoutingContext context, String parameter, Function<String, T> constructor) {
        String text = String.valueOf(context.pathParam(parameter));
        if (!ObjectIds.isValid(text)) {
            throw new HttpFailure(400, "\"" + shortened(text) + "\" is no id: 24 hexadecimal digits are needed.");
        }
        return constructor.apply(text);
    }

    /** An id in the query; empty when there is none. */
    static <T> Optional<T> queryId(RoutingContext context, String parameter, Function<String, T> constructor) {
        return query(context, parameter).map(text -> {
            if (!ObjectIds.isValid(text)) {
                throw new HttpFailure(400, "The parameter " + parameter + " must be an id of 24 hexadecimal digits.");
            }
            return constructor.apply(text);
        });
    }

    /** A parameter of the query; empty when absent or blank. */
    static Optional<String> query(RoutingContext context, String parameter) {
        List<String> values = context.queryParam(parameter);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getFirst()).filter(text -> !text.isBlank());
    }

    /** Values of a parameter, given with commas between them or by repeating it; empty when there are none. */
    static <T> Set<T> set(RoutingContext context, String parameter, Function<String, Optional<T>> parse, String kind) {
        Set<T> values = new LinkedHashSet<>();
        for (String part : String.join(",", context.queryParam(parameter)).split(",")) {
            String text = part.strip();
            if (!text.isEmpty()) {
                values.add(parse.apply(text)
                        .orElseThrow(() -> new HttpFailure(400, "\"" + shortened(text) + "\" is no " + kind + ".")));
            }
        }
        return values;
    }

    /** A moment in the query, in ISO 8601; empty when there is none. */
    static Optional<Instant> moment(RoutingContext context, String parameter) {
        return query(context, parameter)
                .map(text -> JsonDates.parse(text)
                        .orElseThrow(() -> new HttpFailure(
                                400,
                                "The parameter " + parameter + " must be a moment such as 2026-01-31T12:00:00Z.")));
    }

    /** Whether a parameter of the query says yes. */
    static boolean yes(RoutingContext context, String parameter) {
        return query(context, parameter).filter("true"::equals).isPresent();
    }

    /** How many items a page shall have, in most lists. */
    static int limit(RoutingContext context) {
        return limit(context, USUAL_PAGE, LARGEST_PAGE);
    }

    /** How many items a page shall have. */
    static int limit(RoutingContext context, int usual, int most) {
        return query(context, "limit")
                .map(text -> {
                    try {
                        int limit = Integer.parseInt(text);
                        if (limit >= 1 && limit <= most) {
                            return limit;
                        }
                    } catch (NumberFormatException e) {
                        throw limitFailure(most);
                    }
                    throw limitFailure(most);
                })
                .orElse(usual);
    }

    /** The body as a JSON object. */
    static JsonObject object(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body != null && body.length() > 0 && json(body) instanceof JsonObject object) {
            return object;
        }
        throw new HttpFailure(400, "A JSON object is needed as body.");
    }

    /** The body as a JSON array; {@code null} and an empty body count as an empty array. */
    static JsonArray array(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0 || "null".equals(body.toString().strip())) {
            return new JsonArray();
        }
        if (json(body) instanceof JsonArray array) {
            return array;
        }
        throw new HttpFailure(400, "A JSON array is needed as body.");
    }

    private static @Nullable Object json(Buffer body) {
        try {
            return Json.decodeValue(body);
        } catch (DecodeException e) {
            throw new HttpFailure(400, "The body is no JSON: " + firstLine(String.valueOf(e.getMessage())));
        }
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static HttpFailure limitFailure(int most) {
        return new HttpFailure(400, "The parameter limit must be a whole number from 1 to " + most + ".");
    }

    private static String firstLine(String message) {
        return shortened(message.lines().findFirst().orElse("it cannot be read"));
    }
}

package io.flamenco.shared.bridge;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Reads the order in a message. */
final class OrderBody {

    private OrderBody() {}

    /** @throws HttpFailure of status 422 when the body does not fit the order, or something is missing */
    static <M extends Record> M read(JsonObject body, Class<M> type) {
        Arrays.stream(type.getRecordComponents())
                .filter(part -> !part.getType().isPrimitive())
                .map(OrderBody::key)
                .filter(key -> body.getValue(key) == null)
                .findFirst()
                .ifPresent(missing -> {
                    throw new HttpFailure(422, "The body lacks \"" + missing + "\".");
                });
        try {
            return WireJson.fromJson(body, type);
        } catch (WireJsonException misfit) {
            throw new HttpFailure(422, "The body does not fit: " + misfit.getMessage());
        }
    }

    private static String key(RecordComponent part) {
        return new SnakeCaseStrategy().translate(part.getName());
    }
}

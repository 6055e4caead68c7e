package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Worker measured of a task.
 *
 * @param timing phase of the work to seconds
 */
public record Metrics(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> timing) {

    @SuppressWarnings("ConstantValue") // JSON may lack it
    public Metrics {
        timing = timing == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(timing));
    }
}

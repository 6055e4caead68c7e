package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Manager tells the Server of itself when it starts and when its Workers' task types change.
 *
 * @param meta the version of this document
 * @param managerUrl where people reach the Manager
 * @param variables by name
 * @param nrOfWorkers how many Workers are registered; -1 when they could not be counted
 * @param workerTaskTypes what all Workers together support
 */
public record Notification(
        @JsonProperty("_meta") Meta meta,
        String managerUrl,
        Map<String, Variable> variables,
        int nrOfWorkers,
        List<String> workerTaskTypes) {

    /** The version of variables that we speak. */
    public static final int VERSION = 2;

    /** The version of the document. */
    public record Meta(int version) {}

    /** A name that stands for different text on different platforms. */
    public record Variable(String direction, List<Value> values) {}

    /** The text of a variable for some platforms and readers. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Value(
            @Nullable String audience,
            @Nullable String platform,
            @Nullable List<String> platforms,
            @JsonInclude String value) {}
}

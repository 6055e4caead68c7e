package io.flamenco.cli.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which jobs are meant. */
final class JobFilterOptions {

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "Jobs of these statuses, separated by commas.")
    List<String> statuses = List.of();

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "Jobs of these types, separated by commas.")
    List<String> types = List.of();

    @Option(
            names = "--find",
            paramLabel = "TEXT",
            description = "Jobs whose name contains this, in upper or lower case.")
    Optional<String> name = Optional.empty();

    @Option(
            names = "--untouched-since",
            paramLabel = "MOMENT",
            description = "Jobs that did not change since, such as 2026-01-31T12:00:00Z.")
    Optional<String> untouchedSince = Optional.empty();

    boolean isEmpty() {
        return statuses.isEmpty() && types.isEmpty() && name.isEmpty() && untouchedSince.isEmpty();
    }

    /** As parameters of a list. */
    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("status", String.join(",", statuses));
        query.put("job_type", String.join(",", types));
        query.put("q", name.orElse(""));
        query.put("updated_before", untouchedSince.orElse(""));
        return query;
    }

    /** As the filter of an order for many. */
    JsonObject filter() {
        JsonObject filter = new JsonObject();
        if (!statuses.isEmpty()) {
            filter.put("status", new JsonArray(statuses));
        }
        if (!types.isEmpty()) {
            filter.put("job_type", new JsonArray(types));
        }
        name.ifPresent(text -> filter.put("q", text));
        untouchedSince.ifPresent(text -> filter.put("updated_before", text));
        return filter;
    }
}

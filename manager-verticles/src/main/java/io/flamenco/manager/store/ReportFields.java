package io.flamenco.manager.store;

import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.FailedByWorker;
import io.flamenco.shared.wire.Metrics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Workers report, as fields of the documents of tasks and of updates. */
final class ReportFields {

    private ReportFields() {}

    static JsonArray failedBy(List<FailedByWorker> workers) {
        JsonArray list = new JsonArray();
        workers.forEach(worker -> list.add(
                new JsonObject().put("id", Bson.oid(worker.id().hex())).put("identifier", worker.identifier())));
        return list;
    }

    static List<FailedByWorker> failedBy(JsonObject document) {
        List<FailedByWorker> workers = new ArrayList<>();
        for (JsonObject worker : Values.objects(document, "failed_by_workers")) {
            workers.add(new FailedByWorker(
                    new WorkerId(Bson.hex(worker.getValue("id"))), Values.text(worker, "identifier")));
        }
        return List.copyOf(workers);
    }

    static @Nullable Metrics metrics(JsonObject document) {
        if (!(document.getValue("metrics") instanceof JsonObject metrics)
                || !(metrics.getValue("timing") instanceof JsonObject timing)) {
            return null;
        }
        Map<String, Double> seconds = new LinkedHashMap<>();
        timing.forEach(entry -> {
            if (entry.getValue() instanceof Number number) {
                seconds.put(entry.getKey(), number.doubleValue());
            }
        });
        return seconds.isEmpty() ? null : new Metrics(seconds);
    }

    static JsonObject metrics(Metrics metrics) {
        return new JsonObject().put("timing", new JsonObject(new LinkedHashMap<>(metrics.timing())));
    }
}

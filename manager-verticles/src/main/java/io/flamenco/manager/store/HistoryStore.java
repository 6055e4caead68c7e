package io.flamenco.manager.store;

import io.flamenco.manager.domain.Sample;
import io.flamenco.manager.domain.Span;
import io.flamenco.mongo.Bson;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The past day: one document per minute of the farm, one per Worker. */
public final class HistoryStore {

    private static final String LOAD = "flamenco_history_load";
    private static final String WORKERS = "flamenco_history_workers";

    private final MongoClient mongo;

    public HistoryStore(MongoClient mongo) {
        this.mongo = mongo;
    }

    /** The samples since a moment, the oldest first. */
    public Future<List<Sample>> samples(Instant since) {
        JsonObject later = new JsonObject().put("_id", new JsonObject().put("$gte", Bson.date(since)));
        return mongo.findWithOptions(LOAD, later, new FindOptions().setSort(new JsonObject().put("_id", 1)))
                .map(found -> found.stream().map(HistoryStore::sample).toList());
    }

    /** What each Worker did, as far as it was stored. */
    public Future<Map<WorkerId, List<Span>>> days() {
        return mongo.find(WORKERS, new JsonObject()).map(found -> {
            Map<WorkerId, List<Span>> days = new HashMap<>();
            found.forEach(document ->
                    days.put(new WorkerId(Bson.hex(document.getValue("_id"))), spans(document.getJsonArray("spans"))));
            return days;
        });
    }

    /** Stores a sample, and forgets those from before a moment. */
    public Future<Void> put(Sample sample, Instant forgetBefore) {
        JsonObject id = new JsonObject().put("_id", Bson.date(sample.at()));
        JsonObject document = id.copy()
                .put("working", sample.working())
                .put("awake", sample.awake())
                .put("known", sample.known());
        JsonObject old = new JsonObject().put("_id", new JsonObject().put("$lt", Bson.date(forgetBefore)));
        return mongo.bulkWrite(
                        LOAD,
                        List.of(
                                BulkOperation.createReplace(id, document).setUpsert(true),
                                BulkOperation.createDelete(old)))
                .mapEmpty();
    }

    /** Stores what these Workers did in place of what was stored of them, and forgets other ones. */
    public Future<Void> put(Map<WorkerId, List<Span>> days, List<WorkerId> gone) {
        List<BulkOperation> writes = new ArrayList<>();
        days.forEach((worker, spans) -> writes.add(BulkOperation.createReplace(
                        id(worker),
                        id(worker)
                                .put(
                                        "spans",
                                        new JsonArray(spans.stream()
                                                .map(HistoryStore::document)
                                                .toList())))
                .setUpsert(true)));
        gone.forEach(worker -> writes.add(BulkOperation.createDelete(id(worker)).setMulti(false)));
        return writes.isEmpty()
                ? Future.succeededFuture()
                : mongo.bulkWrite(WORKERS, writes).mapEmpty();
    }

    private static JsonObject id(WorkerId worker) {
        return new JsonObject().put("_id", Bson.oid(worker.hex()));
    }

    private static Sample sample(JsonObject document) {
        return new Sample(
                Bson.instant(document.getValue("_id")),
                document.getInteger("working", 0),
                document.getInteger("awake", 0),
                document.getInteger("known", 0));
    }

    private static JsonObject document(Span span) {
        JsonObject document =
                new JsonObject().put("from", Bson.date(span.from())).put("kind", span.kind());
        if (span.until() != null) {
            document.put("until", Bson.date(span.until()));
        }
        if (span.taskId() != null) {
            document.put("task", Bson.oid(span.taskId().hex()))
                    .put("name", span.name())
                    .put("outcome", span.outcome());
        }
        return document;
    }

    private static List<Span> spans(JsonArray stored) {
        return stored.stream()
                .map(JsonObject.class::cast)
                .map(document -> new Span(
                        Bson.instant(document.getValue("from")),
                        Bson.instantOrNull(document.getValue("until")),
                        Values.text(document, "kind"),
                        Values.id(document, "task", TaskId::new),
                        Values.text(document, "name"),
                        Values.text(document, "outcome")))
                .toList();
    }
}

package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WorkerReport.ReportedWorker;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Managers told of their Workers: one document per Manager, written whole, so that a report is there or is not. */
public final class ReportedWorkers {

    private static final String COLLECTION = "server_reported_workers";

    private final MongoClient mongo;

    public ReportedWorkers(FarmDatabase database) {
        this.mongo = database.client();
    }

    /** The Workers of a Manager, as of when it last told of them. */
    public record Crew(ManagerId manager, Instant reported, List<ReportedWorker> workers) {

        public Crew {
            workers = List.copyOf(workers);
        }
    }

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(mongo, COLLECTION, List.of(new JsonObject().put("ids", 1)));
    }

    /** What that Manager told last; empty when it never did. */
    public Future<Optional<Crew>> of(ManagerId manager) {
        return mongo.findOne(COLLECTION, byId(manager), null).map(ReportedWorkers::crew);
    }

    /** What all Managers told last. */
    public Future<List<Crew>> all() {
        return mongo.findWithOptions(
                        COLLECTION, new JsonObject(), new FindOptions().setSort(new JsonObject().put("_id", 1)))
                .map(found -> found.stream()
                        .map(ReportedWorkers::crew)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** The crew that has that Worker, as of the latest report; empty when none has. */
    public Future<Optional<Crew>> with(WorkerId worker) {
        return mongo.findWithOptions(
                        COLLECTION,
                        new JsonObject().put("ids", worker.hex()),
                        new FindOptions()
                                .setSort(new JsonObject().put("reported", -1))
                                .setLimit(1))
                .map(found -> found.isEmpty() ? Optional.empty() : crew(found.getFirst()));
    }

    /** Stores what a Manager told. */
    public Future<Void> put(Crew crew) {
        JsonArray ids = new JsonArray();
        JsonArray workers = new JsonArray();
        for (ReportedWorker worker : crew.workers()) {
            ids.add(worker.id().hex());
            workers.add(WireJson.toJson(worker));
        }
        JsonObject set = new JsonObject()
                .put("reported", date(crew.reported()))
                .put("ids", ids)
                .put("workers", workers.encode());
        return mongo.findOne(COLLECTION, byId(crew.manager()), new JsonObject().put("_id", 1))
                .compose(found -> found == null
                        ? mongo.insert(
                                        COLLECTION,
                                        set.put("_id", oid(crew.manager().hex())))
                                .mapEmpty()
                        : mongo.updateCollection(COLLECTION, byId(crew.manager()), new JsonObject().put("$set", set))
                                .mapEmpty());
    }

    /** Notes that what a Manager told is still so. */
    public Future<Void> stillSo(ManagerId manager, Instant now) {
        JsonObject set = new JsonObject().put("reported", date(now));
        return mongo.updateCollection(COLLECTION, byId(manager), new JsonObject().put("$set", set))
                .mapEmpty();
    }

    private static Optional<Crew> crew(@Nullable JsonObject document) {
        return Optional.ofNullable(document)
                .map(found -> new Crew(
                        new ManagerId(hex(found.getValue("_id"))),
                        instant(found.getValue("reported")),
                        new JsonArray(found.getString("workers", "[]"))
                                .stream()
                                        .map(worker -> WireJson.fromJson((JsonObject) worker, ReportedWorker.class))
                                        .toList()));
    }

    private static JsonObject byId(ManagerId id) {
        return new JsonObject().put("_id", oid(id.hex()));
    }
}

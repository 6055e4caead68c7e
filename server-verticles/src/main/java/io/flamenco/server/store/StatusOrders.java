package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people want of Workers, until their Manager has fetched it and for a while after. */
public final class StatusOrders {

    private static final String COLLECTION = "server_worker_orders";
    private static final String WAITING = "waiting";

    private final MongoClient mongo;

    public StatusOrders(FarmDatabase database) {
        this.mongo = database.client();
    }

    /**
     * A Worker shall take another status.
     *
     * @param id 24 hexadecimal digits
     * @param status {@code awake}, {@code asleep} or {@code shutdown}
     * @param lazy whether it may finish its task first
     * @param by who wants it, for people
     * @param expires when it is not wanted any more, if the Manager has not fetched it by then
     * @param state how far it is: {@code waiting} for its Manager, {@code accepted} or {@code refused} by it, or dropped
     * @param message of the Manager; empty when it said nothing
     */
    public record StatusOrder(
            String id,
            ManagerId manager,
            WorkerId worker,
            String status,
            boolean lazy,
            String by,
            Instant created,
            Instant expires,
            String state,
            String message) {}

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(
                mongo,
                COLLECTION,
                List.of(
                        new JsonObject().put("manager", 1).put("state", 1),
                        new JsonObject().put("worker", 1),
                        new JsonObject().put("expires", 1)));
    }

    /** Makes an order that waits for its Manager; those that wait for the same Worker are replaced by it. */
    public Future<StatusOrder> add(
            ManagerId manager, WorkerId worker, String status, boolean lazy, String by, Instant now, Instant expires) {
        StatusOrder order =
                new StatusOrder(ObjectIds.next(), manager, worker, status, lazy, by, now, expires, WAITING, "");
        JsonObject document = new JsonObject()
                .put("_id", oid(order.id()))
                .put("manager", oid(manager.hex()))
                .put("worker", oid(worker.hex()))
                .put("status", status)
                .put("lazy", lazy)
                .put("by", by)
                .put("_created", date(now))
                .put("expires", date(expires))
                .put("state", WAITING)
                .put("message", "");
        JsonObject before = new JsonObject().put("worker", oid(worker.hex())).put("state", WAITING);
        return close(before, "replaced", "")
                .compose(replaced -> mongo.insert(COLLECTION, document))
                .map(order);
    }

    /** The orders that wait for that Manager, oldest first. */
    public Future<List<StatusOrder>> waiting(ManagerId manager, Instant now) {
        JsonObject query = new JsonObject()
                .put("manager", oid(manager.hex()))
                .put("state", WAITING)
                .put("expires", new JsonObject().put("$gt", date(now)));
        return find(query, new FindOptions().setSort(new JsonObject().put("_id", 1)));
    }

    /** The last orders for that Worker, newest first. */
    public Future<List<StatusOrder>> of(WorkerId worker, int limit) {
        return find(
                new JsonObject().put("worker", oid(worker.hex())),
                new FindOptions().setSort(new JsonObject().put("_id", -1)).setLimit(limit));
    }

    /** The order for that Worker that waits; empty when none does. */
    public Future<Optional<StatusOrder>> waitingFor(WorkerId worker, Instant now) {
        return of(worker, 1)
                .map(found -> found.stream()
                        .filter(order ->
                                order.state().equals(WAITING) && order.expires().isAfter(now))
                        .findFirst());
    }

    /** Notes what became of an order of that Manager; one that does not wait stays as it is. */
    public Future<Void> answered(ManagerId manager, String id, boolean accepted, String message) {
        JsonObject query = new JsonObject()
                .put("_id", oid(id))
                .put("manager", oid(manager.hex()))
                .put("state", WAITING);
        return close(query, accepted ? "accepted" : "refused", message);
    }

    /** Notes which orders nobody fetched in time. */
    public Future<Void> expire(Instant now) {
        return close(
                new JsonObject().put("state", WAITING).put("expires", new JsonObject().put("$lte", date(now))),
                "expired",
                "");
    }

    /** Removes orders that expired, or would have, before that moment. */
    public Future<Void> forget(Instant before) {
        return mongo.removeDocuments(
                        COLLECTION, new JsonObject().put("expires", new JsonObject().put("$lt", date(before))))
                .mapEmpty();
    }

    private Future<Void> close(JsonObject query, String state, String message) {
        JsonObject set = new JsonObject().put("state", state).put("message", message);
        return mongo.updateCollectionWithOptions(
                        COLLECTION, query, new JsonObject().put("$set", set), new UpdateOptions().setMulti(true))
                .mapEmpty();
    }

    private Future<List<StatusOrder>> find(JsonObject query, FindOptions options) {
        return mongo.findWithOptions(COLLECTION, query, options)
                .map(found -> found.stream().map(StatusOrders::order).toList());
    }

    private static StatusOrder order(JsonObject document) {
        return new StatusOrder(
                hex(document.getValue("_id")),
                new ManagerId(hex(document.getValue("manager"))),
                new WorkerId(hex(document.getValue("worker"))),
                document.getString("status", ""),
                document.getBoolean("lazy", false),
                document.getString("by", ""),
                instant(document.getValue("_created")),
                instant(document.getValue("expires")),
                document.getString("state", ""),
                document.getString("message", ""));
    }
}

package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who changed what, when and from where. Entries are added and, when they are old, removed; nothing changes them. */
public final class AuditLog {

    private static final String COLLECTION = "server_audit";

    private final MongoClient mongo;

    public AuditLog(FarmDatabase database) {
        this.mongo = database.client();
    }

    /**
     * What somebody did.
     *
     * @param request id of the request, which its answer and the log repeat
     * @param user who it was, for people; empty when they did not prove it
     * @param userId 24 hexadecimal digits; empty when they did not prove it
     * @param means how they proved it; empty when they did not
     * @param from the address that the request came from
     * @param operation method and pattern of the path
     * @param thing id of what it was done to; empty when there is none
     * @param status of the answer
     * @param said what the request asked for, without secrets and shortened
     */
    public record Deed(
            Instant at,
            String request,
            String user,
            String userId,
            String means,
            String from,
            String operation,
            String thing,
            int status,
            JsonObject said) {}

    /** A deed as it is kept. */
    public record Entry(String id, Deed deed) {}

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(
                mongo,
                COLLECTION,
                List.of(
                        new JsonObject().put("at", 1),
                        new JsonObject().put("user", 1),
                        new JsonObject().put("thing", 1)));
    }

    /** Adds what somebody did. */
    public Future<Void> add(Deed deed) {
        JsonObject document = new JsonObject()
                .put("_id", oid(ObjectIds.next()))
                .put("at", date(deed.at()))
                .put("request", deed.request())
                .put("user", deed.user())
                .put("user_id", deed.userId())
                .put("means", deed.means())
                .put("from", deed.from())
                .put("operation", deed.operation())
                .put("thing", deed.thing())
                .put("status", deed.status())
                .put("said", deed.said().encode());
        return mongo.insert(COLLECTION, document).mapEmpty();
    }

    /**
     * One page, newest first.
     *
     * @param before id of the last entry of the page before
     */
    public Future<List<Entry>> page(Optional<String> user, Optional<String> thing, Optional<String> before, int limit) {
        JsonObject query = new JsonObject();
        user.ifPresent(name -> query.put("user", name));
        thing.ifPresent(id -> query.put("thing", id));
        before.ifPresent(id -> query.put("_id", new JsonObject().put("$lt", oid(id))));
        return mongo.findWithOptions(
                        COLLECTION,
                        query,
                        new FindOptions()
                                .setSort(new JsonObject().put("_id", -1))
                                .setLimit(limit))
                .map(found -> found.stream().map(AuditLog::entry).toList());
    }

    /** Removes what is older. */
    public Future<Void> forget(Instant before) {
        return mongo.removeDocuments(COLLECTION, new JsonObject().put("at", new JsonObject().put("$lt", date(before))))
                .mapEmpty();
    }

    private static Entry entry(JsonObject document) {
        return new Entry(
                hex(document.getValue("_id")),
                new Deed(
                        instant(document.getValue("at")),
                        document.getString("request", ""),
                        document.getString("user", ""),
                        document.getString("user_id", ""),
                        document.getString("means", ""),
                        document.getString("from", ""),
                        document.getString("operation", ""),
                        document.getString("thing", ""),
                        document.getInteger("status", 0),
                        new JsonObject(document.getString("said", "{}"))));
    }
}

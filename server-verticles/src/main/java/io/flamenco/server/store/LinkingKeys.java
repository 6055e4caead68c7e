package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hexOrNull;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Secrets that Managers hand over while they are being linked; each lives for a few minutes. */
public final class LinkingKeys {

    private static final String COLLECTION = "flamenco_manager_linking_keys";

    private final MongoClient mongo;

    public LinkingKeys(FarmDatabase database) {
        this.mongo = database.client();
    }

    /**
     * A secret that a Manager handed over.
     *
     * @param identifier names it between Manager, browser and Server
     * @param secret as hexadecimal digits
     * @param manager whom the user chose; empty before
     */
    public record LinkingKey(String identifier, String secret, Optional<ManagerId> manager) {

        /** The bytes of the secret. */
        public byte[] bytes() {
            return HexFormat.of().parseHex(secret);
        }

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "LinkingKey[identifier=" + identifier + ", manager=" + manager + "]";
        }
    }

    /** Stores a secret until that moment, and removes what is past its own; returns its identifier. */
    public Future<String> insert(byte[] secret, Instant now, Instant until) {
        String identifier = ObjectIds.next();
        JsonObject document = new JsonObject()
                .put("_id", oid(identifier))
                .put("secret_key", HexFormat.of().formatHex(secret))
                .put("remove_after", date(until));
        return mongo.removeDocuments(
                        COLLECTION, new JsonObject().put("remove_after", new JsonObject().put("$lt", date(now))))
                .compose(removed -> mongo.insert(COLLECTION, document))
                .map(identifier);
    }

    /** How many there are. */
    public Future<Long> count() {
        return mongo.count(COLLECTION, new JsonObject());
    }

    /** The secret of that identifier; empty when there is none, or none any more. */
    public Future<Optional<LinkingKey>> find(String identifier, Instant now) {
        return mongo.findOne(COLLECTION, byId(identifier), null)
                .map(document -> Optional.ofNullable(document)
                        .filter(found -> instant(found.getValue("remove_after")).isAfter(now))
                        .map(LinkingKeys::key));
    }

    /** Remembers which Manager the user chose. */
    public Future<Void> choose(String identifier, ManagerId manager) {
        JsonObject set = new JsonObject().put("manager_id", oid(manager.hex()));
        return mongo.updateCollection(COLLECTION, byId(identifier), new JsonObject().put("$set", set))
                .mapEmpty();
    }

    /** Removes all secrets that were for that Manager. */
    public Future<Void> removeOf(ManagerId manager) {
        return mongo.removeDocuments(COLLECTION, new JsonObject().put("manager_id", oid(manager.hex())))
                .mapEmpty();
    }

    private static LinkingKey key(JsonObject document) {
        String manager = hexOrNull(document.getValue("manager_id"));
        return new LinkingKey(
                String.valueOf(hexOrNull(document.getValue("_id"))),
                document.getString("secret_key"),
                Optional.ofNullable(manager).map(ManagerId::new));
    }

    private static JsonObject byId(String identifier) {
        return new JsonObject().put("_id", oid(identifier));
    }
}

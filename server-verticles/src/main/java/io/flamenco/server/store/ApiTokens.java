package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens with which people's tools prove whose they are. Only their digests are kept. */
public final class ApiTokens {

    /** What every token begins with, so that it is known for what it is wherever it turns up. */
    public static final String PREFIX = "flt_";

    private static final String COLLECTION = "server_api_tokens";

    private final MongoClient mongo;

    public ApiTokens(FarmDatabase database) {
        this.mongo = database.client();
    }

    /**
     * A token, without its secret.
     *
     * @param id 24 hexadecimal digits
     * @param name what it is for, for people
     */
    public record ApiToken(String id, UserId user, String name, Instant created, Instant expires) {}

    /** A token that was just made, with the secret that is never shown again. */
    public record Fresh(ApiToken token, String secret) {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "Fresh[token=" + token + "]";
        }
    }

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(
                mongo, COLLECTION, List.of(new JsonObject().put("digest", 1), new JsonObject().put("user", 1)));
    }

    /** Makes a token. */
    public Future<Fresh> make(UserId user, String name, Instant now, Instant expires) {
        String secret = PREFIX + SecretFiles.newSecret();
        ApiToken token = new ApiToken(ObjectIds.next(), user, name, now, expires);
        JsonObject document = new JsonObject()
                .put("_id", oid(token.id()))
                .put("digest", Digest.of(secret))
                .put("user", oid(user.hex()))
                .put("name", name)
                .put("_created", date(now))
                .put("expires", date(expires));
        return mongo.insert(COLLECTION, document).map(new Fresh(token, secret));
    }

    /** The token with that secret; empty when there is none, or none any more. */
    public Future<Optional<ApiToken>> find(String secret, Instant now) {
        return findEvenExpired(secret)
                .map(found -> found.filter(token -> token.expires().isAfter(now)));
    }

    /** The same, also for a token that has expired, which is remembered for an hour at most. */
    public Future<Optional<ApiToken>> findEvenExpired(String secret) {
        return mongo.findOne(COLLECTION, new JsonObject().put("digest", Digest.of(secret)), null)
                .map(found -> Optional.ofNullable(found).map(ApiTokens::token));
    }

    /** The tokens of a user, oldest first. */
    public Future<List<ApiToken>> of(UserId user) {
        return mongo.findWithOptions(
                        COLLECTION,
                        new JsonObject().put("user", oid(user.hex())),
                        new FindOptions().setSort(new JsonObject().put("_id", 1)))
                .map(found -> found.stream().map(ApiTokens::token).toList());
    }

    /** Revokes a token of that user; false when they have no such token. */
    public Future<Boolean> revoke(UserId user, String id) {
        JsonObject theirs = new JsonObject().put("_id", oid(id)).put("user", oid(user.hex()));
        return mongo.removeDocument(COLLECTION, theirs).map(removed -> removed.getRemovedCount() > 0);
    }

    /** Revokes all tokens of that user. */
    public Future<Void> revokeAll(UserId user) {
        return mongo.removeDocuments(COLLECTION, new JsonObject().put("user", oid(user.hex())))
                .mapEmpty();
    }

    /** Removes what has expired. */
    public Future<Void> removeExpired(Instant now) {
        return mongo.removeDocuments(
                        COLLECTION, new JsonObject().put("expires", new JsonObject().put("$lt", date(now))))
                .mapEmpty();
    }

    private static ApiToken token(JsonObject document) {
        return new ApiToken(
                hex(document.getValue("_id")),
                new UserId(hex(document.getValue("user"))),
                document.getString("name", ""),
                instant(document.getValue("_created")),
                instant(document.getValue("expires")));
    }
}

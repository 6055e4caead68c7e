package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is logged in, and keys with which somebody can log in once. Of secrets only digests are kept. */
public final class UserSessions {

    private static final String SESSIONS = "server_sessions";
    private static final String KEYS = "server_login_keys";

    private final MongoClient mongo;

    public UserSessions(FarmDatabase database) {
        this.mongo = database.client();
    }

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(
                mongo, SESSIONS, List.of(new JsonObject().put("user", 1), new JsonObject().put("expires", 1)));
    }

    /**
     * Somebody who is logged in.
     *
     * @param byKey whether they came with a key rather than with a password
     */
    public record Session(UserId user, boolean byKey) {}

    /** Begins a session; returns the secret that stands in the cookie. */
    public Future<String> begin(Session session, Instant now, Instant until) {
        return insert(SESSIONS, session.user(), now, until, new JsonObject().put("by_key", session.byKey()));
    }

    /** The session with that secret; empty when there is none, or none any more. */
    public Future<Optional<Session>> find(String secret, Instant now) {
        return mongo.findOne(SESSIONS, bySecret(secret), null)
                .map(found -> valid(found, now).map(user -> new Session(user, found.getBoolean("by_key", false))));
    }

    /** Ends one session. */
    public Future<Void> end(String secret) {
        return mongo.removeDocument(SESSIONS, bySecret(secret)).mapEmpty();
    }

    /** Ends all sessions of a user, and makes their keys worthless. */
    public Future<Void> endAll(UserId user) {
        JsonObject theirs = new JsonObject().put("user", oid(user.hex()));
        return mongo.removeDocuments(SESSIONS, theirs)
                .compose(removed -> mongo.removeDocuments(KEYS, theirs))
                .mapEmpty();
    }

    /** Makes a key with which the user can log in once until that moment. */
    public Future<String> makeKey(UserId user, Instant now, Instant until) {
        return insert(KEYS, user, now, until, new JsonObject());
    }

    /** Uses up a key; the user is empty when there is no such key, or none any more. */
    public Future<Optional<UserId>> useKey(String key, Instant now) {
        return mongo.findOneAndDelete(KEYS, bySecret(key)).map(found -> valid(found, now));
    }

    /** Removes what has expired. */
    public Future<Void> removeExpired(Instant now) {
        JsonObject expired = new JsonObject().put("expires", new JsonObject().put("$lt", date(now)));
        return mongo.removeDocuments(SESSIONS, expired)
                .compose(removed -> mongo.removeDocuments(KEYS, expired))
                .mapEmpty();
    }

    private Future<String> insert(String collection, UserId user, Instant now, Instant until, JsonObject more) {
        String secret = SecretFiles.newSecret();
        JsonObject document = more.put("_id", Digest.of(secret))
                .put("user", oid(user.hex()))
                .put("_created", date(now))
                .put("expires", date(until));
        return mongo.insert(collection, document).map(secret);
    }

    private static Optional<UserId> valid(@Nullable JsonObject found, Instant now) {
        return Optional.ofNullable(found)
                .filter(document -> instant(document.getValue("expires")).isAfter(now))
                .map(document -> new UserId(hex(document.getValue("user"))));
    }

    private static JsonObject bySecret(String secret) {
        return new JsonObject().put("_id", Digest.of(secret));
    }
}

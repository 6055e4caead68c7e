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
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is logged in, and keys with which somebody can log in once. Of secrets only digests are kept. */
public final class UserSessions {

    private static final String SESSIONS = "server_sessions";
    private static final String KEYS = "server_login_keys";
    private static final int ID_DIGITS = 24;
    private static final int MOST_LISTED = 200;

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
     * Where somebody logged in, for them to know it again.
     *
     * @param browser what it calls itself; empty when it does not
     */
    public record Place(String address, String browser) {}

    /**
     * Somebody who is logged in.
     *
     * @param id 24 hexadecimal digits, which tell nothing of the secret
     * @param byKey whether they came with a key rather than with a password
     */
    public record Session(String id, UserId user, boolean byKey, Place place, Instant began, Instant expires) {}

    /** Begins a session; returns the secret that stands in the cookie. */
    public Future<String> begin(UserId user, boolean byKey, Place place, Instant now, Instant until) {
        JsonObject more = new JsonObject()
                .put("by_key", byKey)
                .put("address", place.address())
                .put("browser", place.browser());
        return insert(SESSIONS, user, now, until, more);
    }

    /** The session with that secret; empty when there is none, or none any more. */
    public Future<Optional<Session>> find(String secret, Instant now) {
        return mongo.findOne(SESSIONS, bySecret(secret), null)
                .map(found -> valid(found, now).map(user -> session(found, user)));
    }

    /** The sessions of a user that have not expired, at most 200, latest first. */
    public Future<List<Session>> of(UserId user, Instant now) {
        JsonObject theirs = theirs(user).put("expires", new JsonObject().put("$gt", date(now)));
        FindOptions latestFirst =
                new FindOptions().setSort(new JsonObject().put("_created", -1)).setLimit(MOST_LISTED);
        return mongo.findWithOptions(SESSIONS, theirs, latestFirst)
                .map(found -> found.stream().map(one -> session(one, user)).toList());
    }

    /** The id of the session with that secret. */
    public static String id(String secret) {
        return Digest.of(secret).substring(0, ID_DIGITS);
    }

    /** Ends one session. */
    public Future<Void> end(String secret) {
        return mongo.removeDocument(SESSIONS, bySecret(secret)).mapEmpty();
    }

    /** Ends a session of that user; false when they have no such session. */
    public Future<Boolean> end(UserId user, String id) {
        JsonObject begins = new JsonObject().put("$gte", id).put("$lt", id + "g");
        return mongo.removeDocument(SESSIONS, theirs(user).put("_id", begins))
                .map(removed -> removed.getRemovedCount() > 0);
    }

    /** Ends all sessions of a user but the one with that secret. */
    public Future<Void> endOthers(UserId user, String secret) {
        JsonObject others = theirs(user).put("_id", new JsonObject().put("$ne", Digest.of(secret)));
        return mongo.removeDocuments(SESSIONS, others).mapEmpty();
    }

    /** Ends all sessions of a user, and makes their keys worthless. */
    public Future<Void> endAll(UserId user) {
        return mongo.removeDocuments(SESSIONS, theirs(user))
                .compose(removed -> mongo.removeDocuments(KEYS, theirs(user)))
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

    private static Session session(JsonObject document, UserId user) {
        return new Session(
                document.getString("_id").substring(0, ID_DIGITS),
                user,
                document.getBoolean("by_key", false),
                new Place(document.getString("address", ""), document.getString("browser", "")),
                instant(document.getValue("_created")),
                instant(document.getValue("expires")));
    }

    private static JsonObject theirs(UserId user) {
        return new JsonObject().put("user", oid(user.hex()));
    }

    private static JsonObject bySecret(String secret) {
        return new JsonObject().put("_id", Digest.of(secret));
    }
}

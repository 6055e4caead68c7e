package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instantOrNull;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The people who may log in. A user without a name to log in with is the owner of what nobody owns, and is not listed. */
public final class Users {

    /** Names the order of {@link #page}. */
    public static final String ORDER = "name";

    private static final String COLLECTION = "users";
    private static final Sorting BY_NAME = new Sorting("username", false);

    private final MongoClient mongo;

    public Users(FarmDatabase database) {
        this.mongo = database.client();
    }

    /**
     * A user.
     *
     * @param name to log in with, unique
     * @param passwordHash empty when no password fits
     * @param mustChange whether the password was given by somebody else
     * @param locked whether they may do nothing at all
     */
    public record User(
            UserId id,
            String name,
            String fullName,
            String email,
            FarmRole role,
            String passwordHash,
            boolean mustChange,
            boolean locked,
            Instant created,
            Instant updated) {

        /** Where a page that ends with this user ended. */
        public PageMark mark() {
            return new PageMark(ORDER, name, id.hex());
        }

        /** The same user with another password. */
        public User withPassword(String hash, boolean change, Instant now) {
            return new User(id, name, fullName, email, role, hash, change, locked, created, now);
        }

        /** Never shows the password's hash. */
        @Override
        public String toString() {
            return "User[id=" + id + ", name=" + name + ", role=" + role + "]";
        }
    }

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(mongo, COLLECTION, List.of(new JsonObject().put("username", 1)));
    }

    /** The user with that name; empty when there is none. */
    public Future<Optional<User>> named(String name) {
        return mongo.findOne(COLLECTION, new JsonObject().put("username", name), null)
                .map(Users::user);
    }

    /** The user; empty when there is none. */
    public Future<Optional<User>> find(UserId id) {
        return mongo.findOne(COLLECTION, byId(id), null).map(Users::user);
    }

    /** All users, by name. */
    public Future<List<User>> all() {
        return users(named(), new FindOptions().setSort(BY_NAME.fields()));
    }

    /**
     * One page of the users, by name.
     *
     * @param after where the page before ended; empty for the first page
     */
    public Future<List<User>> page(Optional<PageMark> after, int limit) {
        return users(BY_NAME.behind(named(), after), BY_NAME.page(limit));
    }

    private static JsonObject named() {
        return new JsonObject().put("username", new JsonObject().put("$exists", true));
    }

    private Future<List<User>> users(JsonObject query, FindOptions options) {
        return mongo.findWithOptions(COLLECTION, query, options)
                .map(found -> found.stream()
                        .map(Users::user)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Stores the user, new or changed. Callers see to it that the name is nobody else's. */
    public Future<Void> put(User user) {
        JsonObject set = new JsonObject()
                .put("username", user.name())
                .put("full_name", user.fullName())
                .put("email", user.email())
                .put("role", user.role().word())
                .put("password", user.passwordHash())
                .put("must_change_password", user.mustChange())
                .put("locked", user.locked())
                .put("_created", date(user.created()))
                .put("_updated", date(user.updated()));
        return mongo.findOne(COLLECTION, byId(user.id()), new JsonObject().put("_id", 1))
                .compose(found -> found == null
                        ? mongo.insert(COLLECTION, set.put("_id", oid(user.id().hex())))
                                .mapEmpty()
                        : mongo.updateCollection(COLLECTION, byId(user.id()), new JsonObject().put("$set", set))
                                .mapEmpty());
    }

    /** Removes the user; what belonged to them stays. */
    public Future<Void> remove(UserId id) {
        return mongo.removeDocument(COLLECTION, byId(id)).mapEmpty();
    }

    private static Optional<User> user(@Nullable JsonObject document) {
        if (document == null || document.getString("username") == null) {
            return Optional.empty();
        }
        return Optional.of(new User(
                new UserId(hex(document.getValue("_id"))),
                document.getString("username"),
                document.getString("full_name", ""),
                document.getString("email", ""),
                FarmRole.parse(document.getString("role", "")).orElse(FarmRole.VIEWER),
                document.getString("password", ""),
                document.getBoolean("must_change_password", false),
                document.getBoolean("locked", false),
                Objects.requireNonNullElse(instantOrNull(document.getValue("_created")), Instant.EPOCH),
                Objects.requireNonNullElse(instantOrNull(document.getValue("_updated")), Instant.EPOCH)));
    }

    private static JsonObject byId(UserId id) {
        return new JsonObject().put("_id", oid(id.hex()));
    }
}

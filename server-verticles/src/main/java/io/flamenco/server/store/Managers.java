package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.token.TokenSeal;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.PushResponse.WantedLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Managers, and the tokens with which they prove who they are. Tokens are kept as digests, and sealed. */
public final class Managers {

    /** Names the order of {@link #page}. */
    public static final String ORDER = "created";

    private static final String COLLECTION = "flamenco_managers";
    private static final Sorting OLDEST_FIRST = new Sorting("_id", false);

    /** The name with which it was last put, which is not what people have called it since. */
    private static final String PUT_NAME = "put_name";

    private final MongoClient mongo;
    private final TokenSeal seal;

    public Managers(FarmDatabase database, TokenSeal seal) {
        this.mongo = database.client();
        this.seal = seal;
    }

    /**
     * A Manager as it is stored.
     *
     * @param url where people reach it; empty before its first notification
     * @param taskTypes what its Workers support together; empty when that is not known
     * @param variables as the Manager told them, as JSON
     * @param pathReplacement as an old Manager told it, as JSON; empty when it has none
     * @param settingsVersion of the variables
     */
    public record StoredManager(
            ManagerId id,
            String name,
            String description,
            String url,
            int workers,
            Set<String> taskTypes,
            String variables,
            String pathReplacement,
            int settingsVersion,
            Instant created,
            Instant updated) {

        /** Where a page that ends with this Manager ended. */
        public PageMark mark() {
            return new PageMark(ORDER, id.hex(), id.hex());
        }

        /** With another date of its last change and nothing else changed. */
        public StoredManager with(Instant newUpdated) {
            return new StoredManager(
                    id,
                    name,
                    description,
                    url,
                    workers,
                    taskTypes,
                    variables,
                    pathReplacement,
                    settingsVersion,
                    created,
                    newUpdated);
        }
    }

    /** What a Manager tells of itself; texts are JSON. */
    public record Told(
            String url,
            int workers,
            Optional<List<String>> taskTypes,
            String variables,
            String pathReplacement,
            int settingsVersion) {}

    /** Makes the indexes; harmless when they exist. */
    public Future<Void> prepare() {
        return Indexes.make(mongo, COLLECTION, List.of(new JsonObject().put("token_digest", 1)));
    }

    /**
     * Makes the Manager, or gives it another token when it exists. It keeps a name that people gave it, until it is put with
     * another name than the last time.
     */
    public Future<Void> put(ManagerId id, String name, String token, Instant now) {
        JsonObject set = withToken(token, now).put(PUT_NAME, name);
        return mongo.findOne(COLLECTION, byId(id), new JsonObject().put(PUT_NAME, 1))
                .compose(found -> {
                    if (found == null) {
                        set.put("_id", oid(id.hex())).put("name", name).put("_created", date(now));
                        return mongo.insert(COLLECTION, set).mapEmpty();
                    }
                    return update(id, name.equals(found.getString(PUT_NAME)) ? set : set.put("name", name));
                });
    }

    /** Gives the Manager another name and description. */
    public Future<Void> describe(ManagerId id, String name, String description, Instant now) {
        return update(
                id,
                new JsonObject()
                        .put("name", name)
                        .put("description", description)
                        .put("_updated", date(now)));
    }

    /** Gives the Manager another token; the one before is worth nothing from then on. */
    public Future<Void> renewToken(ManagerId id, String token, Instant now) {
        return update(id, withToken(token, now));
    }

    private JsonObject withToken(String token, Instant now) {
        return new JsonObject()
                .put("token_digest", Digest.of(token))
                .put("token_sealed", seal.seal(token))
                .put("_updated", date(now));
    }

    private Future<Void> update(ManagerId id, JsonObject set) {
        return mongo.updateCollection(COLLECTION, byId(id), new JsonObject().put("$set", set))
                .mapEmpty();
    }

    /** The Manager with this token; empty when there is none. */
    public Future<Optional<StoredManager>> withToken(String token) {
        return mongo.findOne(COLLECTION, new JsonObject().put("token_digest", Digest.of(token)), null)
                .map(found -> Optional.ofNullable(found).map(Managers::manager));
    }

    /** The id of the Manager with this token; empty when there is none. */
    public Future<Optional<ManagerId>> byToken(String token) {
        return mongo.findOne(
                        COLLECTION,
                        new JsonObject().put("token_digest", Digest.of(token)),
                        new JsonObject().put("_id", 1))
                .map(found -> Optional.ofNullable(found).map(manager -> new ManagerId(hex(manager.getValue("_id")))));
    }

    /** The token of a Manager; empty when there is no such Manager, or it was sealed with another key. */
    public Future<Optional<String>> token(ManagerId id) {
        return mongo.findOne(COLLECTION, byId(id), new JsonObject().put("token_sealed", 1))
                .map(found -> Optional.ofNullable(found)
                        .map(document -> document.getString("token_sealed"))
                        .flatMap(seal::open));
    }

    /** The Manager; empty when there is none. */
    public Future<Optional<StoredManager>> find(ManagerId id) {
        return mongo.findOne(COLLECTION, byId(id), null)
                .map(found -> Optional.ofNullable(found).map(Managers::manager));
    }

    /** All Managers, oldest first. */
    public Future<List<StoredManager>> all() {
        return mongo.findWithOptions(
                        COLLECTION, new JsonObject(), new FindOptions().setSort(new JsonObject().put("_id", 1)))
                .map(found -> found.stream().map(Managers::manager).toList());
    }

    /**
     * One page of the Managers, oldest first.
     *
     * @param after where the page before ended; empty for the first page
     */
    public Future<List<StoredManager>> page(Optional<PageMark> after, int limit) {
        return mongo.findWithOptions(COLLECTION, OLDEST_FIRST.behind(new JsonObject(), after), OLDEST_FIRST.page(limit))
                .map(found -> found.stream().map(Managers::manager).toList());
    }

    /** Stores what a Manager tells of itself. */
    public Future<Void> write(ManagerId id, Told told, Instant now) {
        JsonObject set = new JsonObject()
                .put("url", told.url())
                .put("nr_of_workers", told.workers())
                .put("variables", told.variables())
                .put("path_replacement", told.pathReplacement())
                .put("settings_version", told.settingsVersion())
                .put("_updated", date(now));
        told.taskTypes().ifPresent(types -> set.put("worker_task_types", new JsonArray(types)));
        return update(id, set);
    }

    /** Notes that somebody wants the whole log of a task; again is as good as once. */
    public Future<Void> wantLog(ManagerId manager, JobId job, TaskId task) {
        JsonObject add = new JsonObject().put("wanted_logs", job.hex() + "/" + task.hex());
        return mongo.updateCollection(COLLECTION, byId(manager), new JsonObject().put("$addToSet", add))
                .mapEmpty();
    }

    /** The logs that the Manager shall upload. */
    public Future<List<WantedLog>> wantedLogs(ManagerId manager) {
        return mongo.findOne(COLLECTION, byId(manager), new JsonObject().put("wanted_logs", 1))
                .map(found -> found == null ? List.of() : wanted(found));
    }

    /** Notes that the Manager dealt with the log of a task. */
    public Future<Void> logReceived(ManagerId manager, TaskId task) {
        return wantedLogs(manager).compose(wanted -> {
            JsonArray left = new JsonArray();
            wanted.stream()
                    .filter(log -> !log.task().equals(task))
                    .forEach(log -> left.add(log.job().hex() + "/" + log.task().hex()));
            JsonObject set = new JsonObject().put("wanted_logs", left);
            return left.size() == wanted.size()
                    ? Future.succeededFuture()
                    : mongo.updateCollection(COLLECTION, byId(manager), new JsonObject().put("$set", set))
                            .mapEmpty();
        });
    }

    private static List<WantedLog> wanted(JsonObject document) {
        return document.getJsonArray("wanted_logs", new JsonArray()).stream()
                .map(String::valueOf)
                .map(pair -> new WantedLog(
                        new JobId(pair.substring(0, pair.indexOf('/'))),
                        new TaskId(pair.substring(pair.indexOf('/') + 1))))
                .toList();
    }

    private static StoredManager manager(JsonObject document) {
        return new StoredManager(
                new ManagerId(hex(document.getValue("_id"))),
                document.getString("name", ""),
                document.getString("description", ""),
                document.getString("url", ""),
                document.getInteger("nr_of_workers", 0),
                taskTypes(document.getJsonArray("worker_task_types", new JsonArray())),
                document.getString("variables", ""),
                document.getString("path_replacement", ""),
                document.getInteger("settings_version", 1),
                instant(document.getValue("_created")),
                instant(document.getValue("_updated")));
    }

    private static Set<String> taskTypes(JsonArray stored) {
        Set<String> types = new LinkedHashSet<>();
        stored.forEach(type -> types.add(String.valueOf(type)));
        return types;
    }

    private static JsonObject byId(ManagerId id) {
        return new JsonObject().put("_id", oid(id.hex()));
    }
}

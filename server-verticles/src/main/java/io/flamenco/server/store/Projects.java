package io.flamenco.server.store;

import static io.flamenco.mongo.Bson.date;
import static io.flamenco.mongo.Bson.hex;
import static io.flamenco.mongo.Bson.instant;
import static io.flamenco.mongo.Bson.oid;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.domain.ProjectRights;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The projects that jobs belong to. The first one is made at the first start and stays. */
public final class Projects {

    /** Names the order of {@link #page}. */
    public static final String ORDER = "created";

    private static final String COLLECTION = "projects";
    private static final Sorting OLDEST_FIRST = new Sorting("_id", false);

    private final MongoClient mongo;

    public Projects(FarmDatabase database) {
        this.mongo = database.client();
    }

    /** A project. */
    public record Project(ProjectId id, String name, ProjectRights rights, Instant created, Instant updated) {

        /** Where a page that ends with this project ended. */
        public PageMark mark() {
            return new PageMark(ORDER, id.hex(), id.hex());
        }
    }

    /** The project; empty when there is none. */
    public Future<Optional<Project>> find(ProjectId id) {
        return mongo.findOne(COLLECTION, byId(id), null)
                .map(found -> Optional.ofNullable(found).map(Projects::project));
    }

    /** All projects, oldest first. */
    public Future<List<Project>> all() {
        return mongo.findWithOptions(
                        COLLECTION, new JsonObject(), new FindOptions().setSort(new JsonObject().put("_id", 1)))
                .map(found -> found.stream().map(Projects::project).toList());
    }

    /**
     * One page of the projects, oldest first.
     *
     * @param after where the page before ended; empty for the first page
     */
    public Future<List<Project>> page(Optional<PageMark> after, int limit) {
        return mongo.findWithOptions(COLLECTION, OLDEST_FIRST.behind(new JsonObject(), after), OLDEST_FIRST.page(limit))
                .map(found -> found.stream().map(Projects::project).toList());
    }

    /** Stores a new project. */
    public Future<Void> insert(Project project) {
        return mongo.insert(
                        COLLECTION,
                        document(project).put("_id", oid(project.id().hex())).put("_created", date(project.created())))
                .mapEmpty();
    }

    /**
     * Stores a project that was changed.
     *
     * @param before as it was read; false when somebody else changed it since
     */
    public Future<Boolean> replace(Project before, Project after) {
        return mongo.updateCollection(COLLECTION, unchanged(before), new JsonObject().put("$set", document(after)))
                .map(result -> result.getDocMatched() > 0);
    }

    /**
     * Removes a project.
     *
     * @param seen as it was read; false when somebody else changed it since
     */
    public Future<Boolean> remove(Project seen) {
        return mongo.removeDocument(COLLECTION, unchanged(seen)).map(result -> result.getRemovedCount() > 0);
    }

    /** A removed user is nobody's member any more. The result is the projects of which they were one. */
    public Future<List<Project>> forget(UserId user, Instant now) {
        JsonObject theirs = new JsonObject().put("members", user.hex());
        JsonObject change = new JsonObject()
                .put("$pull", new JsonObject().put("members", user.hex()))
                .put("$set", new JsonObject().put("_updated", date(now)));
        return mongo.find(COLLECTION, theirs)
                .map(found -> found.stream().map(Projects::project).toList())
                .compose(left -> mongo.updateCollectionWithOptions(
                                COLLECTION, theirs, change, new UpdateOptions().setMulti(true))
                        .map(left));
    }

    private static JsonObject unchanged(Project seen) {
        return byId(seen.id()).put("_updated", date(seen.updated()));
    }

    private static JsonObject document(Project project) {
        JsonArray members = new JsonArray();
        project.rights().members().forEach(member -> members.add(member.hex()));
        JsonArray managers = new JsonArray();
        project.rights().managers().forEach(manager -> managers.add(manager.hex()));
        return new JsonObject()
                .put("title", project.name())
                .put("open_to_all", project.rights().openToAll())
                .put("members", members)
                .put("managers", managers)
                .put("_updated", date(project.updated()));
    }

    private static Project project(JsonObject document) {
        return new Project(
                new ProjectId(hex(document.getValue("_id"))),
                document.getString("title", "Flamenco"),
                new ProjectRights(
                        document.getBoolean("open_to_all", true),
                        ids(document.getJsonArray("members"), UserId::new),
                        ids(document.getJsonArray("managers"), ManagerId::new)),
                instant(document.getValue("_created")),
                instant(document.getValue("_updated")));
    }

    private static <T> Set<T> ids(@Nullable JsonArray stored, Function<String, T> constructor) {
        Set<T> ids = new LinkedHashSet<>();
        if (stored != null) {
            stored.forEach(id -> ids.add(constructor.apply(String.valueOf(id))));
        }
        return ids;
    }

    private static JsonObject byId(ProjectId id) {
        return new JsonObject().put("_id", oid(id.hex()));
    }
}

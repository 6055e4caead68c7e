package io.flamenco.server.http;

import io.flamenco.server.domain.ProjectRights;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.JobQuery;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Projects;
import io.flamenco.server.store.Projects.Project;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.Id;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.UserId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** {@code /api/v1/projects}: to what jobs belong, who may submit them there, which Managers run them. */
final class ProjectRoutes {

    private static final Set<String> KEYS = Set.of("name", "open_to_all", "members", "managers");
    private static final int LONGEST_NAME = 128;
    private static final int MOST = 1_000;

    private final Projects projects;
    private final Jobs jobs;
    private final FarmOwner owner;
    private final ChangeFacts facts;
    private final Clock clock;

    ProjectRoutes(Projects projects, Jobs jobs, FarmOwner owner, ChangeFacts facts, Clock clock) {
        this.projects = projects;
        this.jobs = jobs;
        this.owner = owner;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router, String base) {
        router.get(base + "/projects").handler(Answering.with(this::list));
        router.post(base + "/projects").handler(Answering.with(this::make));
        router.get(base + "/projects/:pid")
                .handler(Answering.with(
                        context -> found(context).compose(project -> Answers.thing(context, shown(project)))));
        router.patch(base + "/projects/:pid").handler(Answering.with(this::change));
        router.delete(base + "/projects/:pid").handler(Answering.with(this::remove));
    }

    private Future<Void> list(RoutingContext context) {
        int limit = Requests.limit(context);
        return projects.page(ListRoutes.mark(context, Projects.ORDER), limit + 1)
                .compose(found ->
                        Answers.json(context, ListRoutes.page("projects", found, limit, this::shown, Project::mark)));
    }

    private Future<Void> make(RoutingContext context) {
        JsonObject body = body(context);
        ProjectRights empty = new ProjectRights(false, Set.of(), Set.of());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Project project = new Project(ProjectId.next(), name(body, ""), rights(body, empty), now, now);
        return projects.all()
                .compose(all -> all.size() >= MOST
                        ? Future.failedFuture(
                                new HttpFailure(409, "There are " + MOST + " projects; remove some first."))
                        : projects.insert(project))
                .compose(stored -> {
                    facts.project(project, ServerFacts.ADDED);
                    AuditTrail.made(context, project.id().hex());
                    context.response().setStatusCode(201);
                    return Answers.thing(context, shown(project));
                });
    }

    /** Begins anew when somebody else was faster, which is the end of it for who wants the project as they saw it. */
    private Future<Void> change(RoutingContext context) {
        JsonObject body = body(context);
        return found(context).compose(before -> {
            Answers.refuseStale(context, shown(before));
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Instant later =
                    now.isAfter(before.updated()) ? now : before.updated().plusMillis(1);
            Project after = new Project(
                    before.id(), name(body, before.name()), rights(body, before.rights()), before.created(), later);
            return projects.replace(before, after).compose(done -> {
                if (!done) {
                    return change(context);
                }
                facts.project(after, ServerFacts.CHANGED);
                return Answers.thing(context, shown(after));
            });
        });
    }

    private Future<Void> remove(RoutingContext context) {
        return found(context).compose(project -> {
            Answers.refuseStale(context, shown(project));
            if (project.id().equals(owner.project())) {
                throw new HttpFailure(
                        409, "The first project cannot be removed: jobs without another one belong to it.");
            }
            return jobs.count(JobQuery.of(project.id())).compose(count -> {
                if (count > 0) {
                    throw new HttpFailure(409, count + " jobs belong to the project; delete them first.");
                }
                return projects.remove(project).compose(removed -> {
                    if (!removed) {
                        return remove(context);
                    }
                    facts.project(project, ServerFacts.REMOVED);
                    return Answers.nothing(context);
                });
            });
        });
    }

    private Future<Project> found(RoutingContext context) {
        ProjectId id = Requests.id(context, "pid", ProjectId::new);
        return projects.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no project " + id + ".")));
    }

    private static JsonObject body(RoutingContext context) {
        JsonObject body = Requests.object(context);
        for (String key : body.fieldNames()) {
            if (!KEYS.contains(key)) {
                throw new HttpFailure(422, "\"" + Requests.shortened(key) + "\" cannot be given here.");
            }
        }
        return body;
    }

    private static String name(JsonObject body, String before) {
        Object value = body.getValue("name", before);
        if (value instanceof String name && !name.isBlank() && name.strip().length() <= LONGEST_NAME) {
            return name.strip();
        }
        throw new HttpFailure(422, "\"name\" must be a text of 1 to " + LONGEST_NAME + " characters.");
    }

    private static ProjectRights rights(JsonObject body, ProjectRights before) {
        if (!(body.getValue("open_to_all", before.openToAll()) instanceof Boolean open)) {
            throw new HttpFailure(422, "\"open_to_all\" must be true or false.");
        }
        return new ProjectRights(
                open,
                ids(body, "members", before.members(), UserId::new),
                ids(body, "managers", before.managers(), ManagerId::new));
    }

    private static <T extends Id> Set<T> ids(
            JsonObject body, String key, Set<T> before, Function<String, T> constructor) {
        if (!body.containsKey(key)) {
            return before;
        }
        boolean fine = body.getValue(key) instanceof JsonArray list
                && list.size() <= MOST
                && list.stream().allMatch(id -> id instanceof String text && ObjectIds.isValid(text));
        if (!fine) {
            throw new HttpFailure(422, "\"" + key + "\" must be a list of at most " + MOST + " ids.");
        }
        Set<T> ids = new LinkedHashSet<>();
        body.getJsonArray(key).forEach(id -> ids.add(constructor.apply(String.valueOf(id))));
        return ids;
    }

    private JsonObject shown(Project project) {
        return new JsonObject()
                .put("id", project.id().hex())
                .put("name", project.name())
                .put("first", project.id().equals(owner.project()))
                .put("open_to_all", project.rights().openToAll())
                .put("members", list(project.rights().members()))
                .put("managers", list(project.rights().managers()))
                .put("created", project.created().toString())
                .put("updated", project.updated().toString());
    }

    private static JsonArray list(Set<? extends Id> ids) {
        JsonArray list = new JsonArray();
        ids.stream().map(Id::hex).sorted().forEach(list::add);
        return list;
    }
}

package io.flamenco.server.http;

import io.flamenco.server.domain.Action;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.Projects.Project;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What the Blender add-on of Flamenco 2 asks before it submits a job: who its user is, which projects and Managers they may use. */
final class AddonRoutes {

    private final Managers managers;
    private final ProjectChoice projects;
    private final ProtocolCallers callers;
    private final Access access;

    AddonRoutes(Managers managers, ProjectChoice projects, ProtocolCallers callers, Access access) {
        this.managers = managers;
        this.projects = projects;
        this.callers = callers;
        this.access = access;
    }

    void mount(Router router) {
        router.get("/api/flamenco/managers/:mid").handler(Answering.with(this::showManager));
        router.get("/api/flamenco/managers").handler(access.needs(Action.READ)).handler(Answering.with(this::managers));
        router.get("/api/users/me").handler(access.needs(Action.READ)).handler(Answering.with(this::me));
        router.get("/api/projects").handler(access.needs(Action.READ)).handler(Answering.with(this::projects));
    }

    /** A Manager sees nobody but itself, users see all. */
    private Future<Void> showManager(RoutingContext context) {
        Optional<AddonVersion> addon = addon(context);
        return callers.manager(context).compose(caller -> {
            if (caller.filter(one -> !one.hex().equalsIgnoreCase(context.pathParam("mid")))
                    .isPresent()) {
                throw new HttpFailure(404, "There is no such Manager for you to see.");
            }
            ManagerId id = Requests.id(context, "mid", ManagerId::new);
            return managers.find(id)
                    .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no Manager " + id + ".")))
                    .compose(found -> ProtocolRoutes.json(context, shown(found, addon)));
        });
    }

    /** Of the query language only a project is understood: its Managers are wanted then. */
    private Future<Void> managers(RoutingContext context) {
        Optional<AddonVersion> addon = addon(context);
        Optional<ProjectId> wanted = project(context);
        return projects.usable(Caller.known(context))
                .compose(mine -> managers.all()
                        .compose(all -> ProtocolRoutes.json(
                                context,
                                page(all.stream()
                                        .filter(one -> mine.stream()
                                                .filter(project -> wanted.filter(id -> !id.equals(project.id()))
                                                        .isEmpty())
                                                .anyMatch(project ->
                                                        project.rights().servedBy(one.id())))
                                        .map(one -> shown(one, addon))
                                        .toList()))));
    }

    private static Optional<ProjectId> project(RoutingContext context) {
        return Requests.query(context, "where").flatMap(text -> {
            try {
                return new JsonObject(text).getValue("projects") instanceof String id && ObjectIds.isValid(id)
                        ? Optional.of(new ProjectId(id))
                        : Optional.empty();
            } catch (DecodeException e) {
                throw new HttpFailure(400, "The parameter where must be a JSON object.");
            }
        });
    }

    private Future<Void> me(RoutingContext context) {
        Caller caller = Caller.known(context);
        JsonArray roles = new JsonArray();
        if (Action.SUBMIT_JOBS.allowedTo(caller.role())) {
            roles.add("subscriber");
        }
        if (caller.role() == FarmRole.ADMIN) {
            roles.add("flamenco-admin");
        }
        return ProtocolRoutes.json(
                context,
                new JsonObject()
                        .put("_id", caller.user().hex())
                        .put("username", caller.name())
                        .put("full_name", caller.name())
                        .put("email", "")
                        .put("roles", roles)
                        .put("groups", new JsonArray()));
    }

    private Future<Void> projects(RoutingContext context) {
        Caller caller = Caller.known(context);
        return projects.usable(caller)
                .compose(mine -> ProtocolRoutes.json(
                        context,
                        page(mine.stream()
                                .map(project -> shown(project, caller))
                                .toList())));
    }

    private static JsonObject shown(Project project, Caller caller) {
        return new JsonObject()
                .put("_id", project.id().hex())
                .put("name", project.name())
                .put("url", project.id().hex())
                .put("user", caller.user().hex())
                .put("extension_props", new JsonObject().put("flamenco", new JsonObject()))
                .put("permissions", new JsonObject().put("groups", new JsonArray()));
    }

    private static Optional<AddonVersion> addon(RoutingContext context) {
        return AddonVersion.parse(context.request().getHeader("Blender-Cloud-Addon"));
    }

    private static JsonObject shown(StoredManager manager, Optional<AddonVersion> addon) {
        JsonObject document = Notifications.document(manager);
        boolean downgrade =
                manager.settingsVersion() > 1 && addon.filter(AddonVersion::old).isPresent();
        return downgrade ? OldVariables.downgraded(document) : document;
    }

    private static JsonObject page(List<JsonObject> items) {
        return new JsonObject()
                .put("_items", new JsonArray(items))
                .put(
                        "_meta",
                        new JsonObject().put("page", 1).put("max_results", 250).put("total", items.size()));
    }
}

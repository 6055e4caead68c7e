package io.flamenco.server.http;

import io.flamenco.server.domain.Action;
import io.flamenco.server.jobs.JobAnswer;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Projects.Project;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tools for artists call in the Flamenco 2 protocol: submitting a job, reading it, and what {@link AddonRoutes} and
 * {@link ProtocolChangeRoutes} answer. They prove themselves with an API token, as Bearer token or as user name of HTTP Basic.
 */
final class ProtocolRoutes {

    private static final long LARGEST_BODY_BYTES = 8L << 20;
    private static final int USUAL_PRIORITY = 50;
    private static final int HIGHEST_PRIORITY = 100;

    private final Jobs jobs;
    private final Tasks tasks;
    private final Managers managers;
    private final ProjectChoice projects;
    private final ProtocolCallers callers;
    private final FarmBus bus;
    private final Access access;
    private final ChangeFacts facts;
    private final Clock clock;

    ProtocolRoutes(
            Jobs jobs,
            Tasks tasks,
            Managers managers,
            ProjectChoice projects,
            FarmBus bus,
            Access access,
            ChangeFacts facts,
            Clock clock) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.managers = managers;
        this.projects = projects;
        this.callers = new ProtocolCallers(access, new ManagerLogin(managers));
        this.bus = bus;
        this.access = access;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router) {
        LimitedBody body = new LimitedBody(LARGEST_BODY_BYTES);
        router.post("/api/flamenco/jobs").handler(access.needs(Action.SUBMIT_JOBS));
        router.post("/api/flamenco/jobs").handler(body).handler(Answering.with(this::submit));
        router.get("/api/flamenco/jobs/:jid").handler(Answering.with(this::job));
        new AddonRoutes(managers, projects, callers, access).mount(router);
        new ProtocolChangeRoutes(tasks, managers, bus, facts, clock).mount(router, access, body);
    }

    private Future<Void> submit(RoutingContext context) {
        JsonObject body = Requests.object(context);
        Caller caller = Caller.known(context);
        return projects.of(SubmissionBody.project(context), caller)
                .compose(project -> bus.ask(JobOrder.SUBMIT, order(body, caller, project)))
                .map(JobAnswer.Submitted::job)
                .compose(jobs::find)
                .map(Optional::orElseThrow)
                .compose(job -> {
                    AuditTrail.made(context, job.id().hex());
                    context.response().setStatusCode(201);
                    return json(context, identity(job).put("_status", "OK"));
                });
    }

    private static JobOrder.Submit order(JsonObject body, Caller caller, Project project) {
        return new JobOrder.Submit(
                text(body, "name"),
                text(body, "job_type"),
                body.getValue("description") instanceof String description ? description : "",
                settings(body).getMap(),
                priority(body.getValue("priority", USUAL_PRIORITY)),
                manager(body),
                Boolean.TRUE.equals(body.getValue("start_paused")),
                JobStatus.WAITING_FOR_FILES.wire().equals(body.getValue("status")),
                "",
                "",
                true,
                new JobOrder.Submitter(caller.user(), project.id(), project.rights(), caller.name()));
    }

    private Future<Void> job(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        return callers.manager(context)
                .compose(manager -> found(id).compose(job -> {
                    if (manager.filter(other -> !other.equals(job.manager())).isPresent()) {
                        throw new HttpFailure(403, "The job " + id + " belongs to another Manager.");
                    }
                    return json(context, document(job));
                }));
    }

    private Future<StoredJob> found(JobId id) {
        return jobs.find(id).map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no job " + id + ".")));
    }

    private static JsonObject identity(StoredJob job) {
        return new JsonObject()
                .put("_id", job.id().hex())
                .put("_etag", Long.toHexString(job.updated().toEpochMilli()))
                .put("_created", JsonDates.document(job.created()))
                .put("_updated", JsonDates.document(job.updated()));
    }

    private static JsonObject document(StoredJob job) {
        return identity(job)
                .put("name", job.state().name())
                .put("job_type", job.jobType())
                .put("description", job.description())
                .put("project", job.project().hex())
                .put("user", job.user().hex())
                .put("manager", job.manager().hex())
                .put("status", job.status().wire())
                .put("status_reason", job.state().reason())
                .put("start_paused", job.startPaused())
                .put("priority", job.priority())
                .put("settings", new JsonObject(job.settings()));
    }

    static String text(JsonObject body, String key) {
        if (body.getValue(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new HttpFailure("op".equals(key) ? 400 : 422, "\"" + key + "\" must be a text.");
    }

    private static JsonObject settings(JsonObject body) {
        if (body.getValue("settings") instanceof JsonObject settings) {
            return settings;
        }
        throw new HttpFailure(422, "\"settings\" must be an object.");
    }

    static int priority(@Nullable Object value) {
        if (value instanceof Integer priority && priority >= 1 && priority <= HIGHEST_PRIORITY) {
            return priority;
        }
        throw new HttpFailure(422, "\"priority\" must be a whole number from 1 to " + HIGHEST_PRIORITY + ".");
    }

    private static Optional<ManagerId> manager(JsonObject body) {
        if (body.getValue("manager") instanceof String id && ObjectIds.isValid(id)) {
            return Optional.of(new ManagerId(id));
        }
        throw new HttpFailure(422, "\"manager\" must be the id of a Manager.");
    }

    static Future<Void> json(RoutingContext context, JsonObject body) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}

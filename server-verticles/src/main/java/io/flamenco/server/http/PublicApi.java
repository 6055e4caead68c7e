package io.flamenco.server.http;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1}: what people and tools call. Reading is open; whatever changes something needs the API token. */
final class PublicApi {

    private static final String BASE = "/api/v1";
    private static final long LARGEST_BODY_BYTES = 8L << 20;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String WHO = "the holder of the API token";

    private final Jobs jobs;
    private final Tasks tasks;
    private final Managers managers;
    private final JobTypes types;
    private final FarmBus bus;
    private final String apiToken;

    PublicApi(Jobs jobs, Tasks tasks, Managers managers, JobTypes types, FarmBus bus, String apiToken) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.managers = managers;
        this.types = types;
        this.bus = bus;
        this.apiToken = apiToken;
    }

    void mount(Router router) {
        router.route(BASE + "/*").handler(this::authorise);
        router.route(BASE + "/*").handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY_BYTES));
        router.get(BASE + "/openapi.yaml")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                        .sendFile("openapi/server.yaml")
                        .onFailure(context::fail));
        new ChangeRoutes(jobs, tasks, bus, WHO).mount(router, BASE);
        new BulkRoutes(jobs, tasks, bus).mount(router, BASE, WHO);
        new ListRoutes(jobs, tasks).mount(router, BASE);
        router.post(BASE + "/jobs").handler(Answering.with(this::submit));
        router.get(BASE + "/jobs/:jid").handler(Answering.with(this::job));
        router.get(BASE + "/tasks/:tid").handler(Answering.with(this::task));
        router.get(BASE + "/managers").handler(Answering.with(this::managers));
        router.get(BASE + "/job-types").handler(Answering.with(this::jobTypes));
    }

    private void authorise(RoutingContext context) {
        boolean reads = READING.contains(context.request().method());
        boolean known = Credentials.bearer(context.request().getHeader(HttpHeaders.AUTHORIZATION))
                .filter(token -> Credentials.sameSecret(token, apiToken))
                .isPresent();
        if (reads || known) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            context.fail(new HttpFailure(
                    401,
                    "Changes need the API token as Bearer token; it stands in the file api-token of the Server's data"
                            + " directory."));
        }
    }

    private Future<Void> submit(RoutingContext context) {
        return bus.ask(JobOrder.SUBMIT, SubmissionBody.read(context, WHO))
                .compose(submitted -> jobs.find(submitted.job())
                        .map(Optional::orElseThrow)
                        .compose(job -> {
                            context.response()
                                    .setStatusCode(submitted.created() ? 201 : 200)
                                    .putHeader(HttpHeaders.LOCATION, BASE + "/jobs/" + job.id());
                            return json(context, JobJson.whole(job));
                        }));
    }

    private Future<Void> job(RoutingContext context) {
        return foundJob(context).compose(job -> json(context, JobJson.whole(job)));
    }

    private Future<Void> task(RoutingContext context) {
        return foundTask(context)
                .compose(task -> jobs.find(task.state().job())
                        .map(Optional::orElseThrow)
                        .compose(job -> json(context, JobJson.whole(task, job))));
    }

    private Future<Void> managers(RoutingContext context) {
        return managers.all().compose(all -> {
            JsonArray list = new JsonArray();
            all.stream().map(JobJson::manager).forEach(list::add);
            return json(context, new JsonObject().put("managers", list));
        });
    }

    private Future<Void> jobTypes(RoutingContext context) {
        JsonArray list = new JsonArray();
        types.all().stream().map(JobJson::jobType).forEach(list::add);
        return json(context, new JsonObject().put("job_types", list));
    }

    private Future<StoredJob> foundJob(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        return jobs.find(id).map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no job " + id + ".")));
    }

    private Future<StoredTask> foundTask(RoutingContext context) {
        TaskId id = Requests.id(context, "tid", TaskId::new);
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")));
    }

    private static Future<Void> json(RoutingContext context, JsonObject body) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body.toBuffer());
    }
}

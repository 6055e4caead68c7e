package io.flamenco.server.http;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.ApiDocument;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code /api/v1}: what people and tools call. Who may do what stands in {@link io.flamenco.server.domain.Action}. */
final class PublicApi {

    private static final String BASE = "/api/v1";
    private static final long LARGEST_BODY_BYTES = 8L << 20;

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobTypes types;
    private final FarmBus bus;
    private final Access access;
    private final Ownership ownership;
    private final ProjectChoice projects;

    PublicApi(
            Jobs jobs,
            Tasks tasks,
            JobTypes types,
            FarmBus bus,
            Access access,
            Ownership ownership,
            ProjectChoice projects) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.types = types;
        this.bus = bus;
        this.access = access;
        this.ownership = ownership;
        this.projects = projects;
    }

    void mount(Router router) {
        router.route(BASE + "/*").handler(access::guard);
        router.route(BASE + "/*").handler(new LimitedBody(LARGEST_BODY_BYTES));
        new ApiDocument("openapi/server.yaml").mount(router, BASE);
        new IfMatch(jobs, tasks).mount(router, BASE);
        new ChangeRoutes(jobs, tasks, bus).mount(router, BASE);
        new BulkRoutes(jobs, tasks, bus, ownership).mount(router, BASE);
        new ListRoutes(jobs, tasks).mount(router, BASE);
        router.post(BASE + "/jobs").handler(Answering.with(this::submit));
        router.get(BASE + "/jobs/:jid").handler(Answering.with(this::job));
        router.get(BASE + "/tasks/:tid").handler(Answering.with(this::task));
        router.get(BASE + "/job-types").handler(Answering.with(this::jobTypes));
    }

    private Future<Void> submit(RoutingContext context) {
        Caller caller = Caller.known(context);
        return projects.of(SubmissionBody.project(context), caller)
                .compose(project -> bus.ask(JobOrder.SUBMIT, SubmissionBody.read(context, caller, project)))
                .compose(submitted -> jobs.find(submitted.job())
                        .map(Optional::orElseThrow)
                        .compose(job -> {
                            AuditTrail.made(context, job.id().hex());
                            context.response()
                                    .setStatusCode(submitted.created() ? 201 : 200)
                                    .putHeader(HttpHeaders.LOCATION, BASE + "/jobs/" + job.id());
                            return Answers.thing(context, JobJson.whole(job));
                        }));
    }

    private Future<Void> job(RoutingContext context) {
        return foundJob(context).compose(job -> Answers.thing(context, JobJson.whole(job)));
    }

    private Future<Void> task(RoutingContext context) {
        return foundTask(context)
                .compose(task -> jobs.find(task.state().job())
                        .map(Optional::orElseThrow)
                        .compose(job -> Answers.thing(context, JobJson.whole(task, job))));
    }

    private Future<Void> jobTypes(RoutingContext context) {
        JsonArray list = new JsonArray();
        types.all().stream().map(JobJson::jobType).forEach(list::add);
        return Answers.json(context, new JsonObject().put("job_types", list));
    }

    private Future<StoredJob> foundJob(RoutingContext context) {
        return ListRoutes.job(jobs, Requests.id(context, "jid", JobId::new));
    }

    private Future<StoredTask> foundTask(RoutingContext context) {
        TaskId id = Requests.id(context, "tid", TaskId::new);
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")));
    }
}

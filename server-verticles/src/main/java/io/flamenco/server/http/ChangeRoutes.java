package io.flamenco.server.http;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What {@code /api/v1} lets people do to jobs and tasks that are there. Each answers with the thing as it is afterwards. */
final class ChangeRoutes {

    private static final int HIGHEST_PRIORITY = 100;
    private static final Set<JobStatus> CONSTRUCTIBLE = EnumSet.of(JobStatus.WAITING_FOR_FILES);

    private final Jobs jobs;
    private final Tasks tasks;
    private final FarmBus bus;
    private final JobActions jobActions;
    private final TaskActions taskActions;

    ChangeRoutes(Jobs jobs, Tasks tasks, FarmBus bus) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.bus = bus;
        this.jobActions = new JobActions(bus);
        this.taskActions = new TaskActions(bus);
    }

    void mount(Router router, String base) {
        String job = base + "/jobs/:jid";
        router.patch(job).handler(Answering.with(this::change));
        router.delete(job).handler(Answering.with(this::delete));
        jobActions.names().forEach(name -> {
            Function<JobActions.Wish, Future<?>> action = jobActions.named(name).orElseThrow();
            router.post(job + "/" + name).handler(Answering.with(context -> act(context, action)));
        });
        router.post(job + "/construct").handler(Answering.with(this::construct));
        router.post(base + "/tasks/:tid/requeue").handler(Answering.with(this::requeueTask));
        router.post(base + "/tasks/:tid/cancel").handler(Answering.with(this::cancelTask));
    }

    private Future<Void> act(RoutingContext context, Function<JobActions.Wish, Future<?>> action) {
        JobId id = Requests.id(context, "jid", JobId::new);
        return action.apply(new JobActions.Wish(id, Caller.known(context).name(), IfMatch.seen(context)))
                .compose(done -> answerJob(context, id));
    }

    private Future<Void> change(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        JsonObject body = Requests.object(context);
        boolean alone = body.fieldNames().equals(Set.of("priority"));
        if (alone
                && body.getValue("priority") instanceof Integer priority
                && priority >= 1
                && priority <= HIGHEST_PRIORITY) {
            return jobActions.prioritise(id, priority, IfMatch.seen(context)).compose(done -> answerJob(context, id));
        }
        throw new HttpFailure(
                422,
                "Send {\"priority\": n} with a whole number from 1 to " + HIGHEST_PRIORITY + ", and nothing else.");
    }

    private Future<Void> construct(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        JsonObject body = optionalObject(context);
        if (!(body.getValue("settings", new JsonObject()) instanceof JsonObject settings)) {
            throw new HttpFailure(422, "\"settings\" must be an object.");
        }
        JobOrder.Construct order = new JobOrder.Construct(
                id,
                CONSTRUCTIBLE,
                settings.getMap(),
                "Compiled on behalf of " + Caller.known(context).name() + ".",
                IfMatch.seen(context));
        return bus.ask(JobOrder.CONSTRUCT, order).compose(done -> answerJob(context, id));
    }

    private Future<Void> delete(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        return jobActions.delete(id, IfMatch.seen(context)).compose(done -> Answers.nothing(context));
    }

    private Future<Void> requeueTask(RoutingContext context) {
        TaskId id = Requests.id(context, "tid", TaskId::new);
        if (!(optionalObject(context).getValue("successors", false) instanceof Boolean successors)) {
            throw new HttpFailure(422, "\"successors\" must be true or false.");
        }
        return taskActions.requeue(id, successors, IfMatch.seen(context)).compose(done -> answerTask(context, id));
    }

    private Future<Void> cancelTask(RoutingContext context) {
        TaskId id = Requests.id(context, "tid", TaskId::new);
        return taskActions.cancel(id, IfMatch.seen(context)).compose(done -> answerTask(context, id));
    }

    private Future<Void> answerJob(RoutingContext context, JobId id) {
        return jobs.find(id).map(Optional::orElseThrow).compose(job -> Answers.thing(context, JobJson.whole(job)));
    }

    private Future<Void> answerTask(RoutingContext context, TaskId id) {
        return tasks.find(id)
                .map(Optional::orElseThrow)
                .compose(task -> jobs.find(task.state().job())
                        .map(Optional::orElseThrow)
                        .compose(job -> Answers.thing(context, JobJson.whole(task, job))));
    }

    private static JsonObject optionalObject(RoutingContext context) {
        Buffer body = context.body().buffer();
        return body == null || body.length() == 0 ? new JsonObject() : Requests.object(context);
    }
}

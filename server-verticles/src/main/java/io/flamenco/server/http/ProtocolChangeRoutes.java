package io.flamenco.server.http;

import io.flamenco.server.archive.ArchiveOrder;
import io.flamenco.server.compile.Overrides;
import io.flamenco.server.domain.Action;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.jobs.Sight;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations on jobs, tasks and Managers that tools for artists order in the Flamenco 2 protocol. */
final class ProtocolChangeRoutes {

    private static final Set<JobStatus> WAITING = EnumSet.of(JobStatus.WAITING_FOR_FILES);

    private final Tasks tasks;
    private final Managers managers;
    private final FarmBus bus;
    private final ChangeFacts facts;
    private final Clock clock;

    ProtocolChangeRoutes(Tasks tasks, Managers managers, FarmBus bus, ChangeFacts facts, Clock clock) {
        this.tasks = tasks;
        this.managers = managers;
        this.bus = bus;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router, Access access, LimitedBody body) {
        router.patch("/api/flamenco/jobs/:jid").handler(access.needs(Action.CHANGE_OWN_JOBS));
        router.patch("/api/flamenco/jobs/:jid").handler(body).handler(Answering.with(this::changeJob));
        router.patch("/api/flamenco/tasks/:tid").handler(access.needs(Action.CHANGE_OWN_JOBS));
        router.patch("/api/flamenco/tasks/:tid").handler(body).handler(Answering.with(this::changeTask));
        router.patch("/api/flamenco/managers/:mid").handler(access.needs(Action.MANAGE_MANAGERS));
        router.patch("/api/flamenco/managers/:mid").handler(body).handler(Answering.with(this::changeManager));
    }

    private Future<Void> changeJob(RoutingContext context) {
        JobId id = Requests.id(context, "jid", JobId::new);
        JsonObject body = Requests.object(context);
        String op = ProtocolRoutes.text(body, "op");
        if (op.equals("rna-overrides")) {
            return overrides(context, id, body.getValue("rna_overrides"));
        }
        Future<?> done = switch (op) {
            case "set-job-status" -> {
                String reason = "Set by " + Caller.known(context).name() + ".";
                yield wanted(new JobOrder.SetJobStatus(id, jobStatus(body), reason));
            }
            case "set-job-priority" ->
                wanted(new JobOrder.SetPriority(id, ProtocolRoutes.priority(body.getValue("priority"))));
            case "requeue-failed-tasks" -> wanted(new JobOrder.RequeueFailed(id));
            case "archive-job" ->
                refusedAs422(bus.ask(ArchiveOrder.ARCHIVE, new ArchiveOrder.Archive(id, Sight.NOTHING)));
            case "construct" -> construct(id, body, Caller.known(context).name());
            default -> throw unknownOperation(op);
        };
        return done.compose(changed -> noContent(context));
    }

    private Future<Done> wanted(JobOrder.Change change) {
        return bus.ask(JobOrder.CHANGE, new JobOrder.Wanted(change));
    }

    private Future<Void> overrides(RoutingContext context, JobId id, @Nullable Object value) {
        List<String> overrides = lines(value);
        Optional<Overrides.Mistake> mistake = Overrides.mistake(overrides);
        return mistake.isPresent()
                ? wrong(context, mistake.get())
                : wanted(new JobOrder.SetOverrides(id, overrides)).compose(done -> noContent(context));
    }

    private static List<String> lines(@Nullable Object value) {
        List<String> lines = new ArrayList<>();
        if (value == null) {
            return lines;
        }
        if (!(value instanceof JsonArray list) || !list.stream().allMatch(String.class::isInstance)) {
            throw new HttpFailure(400, "\"rna_overrides\" must be a list of texts.");
        }
        list.forEach(line -> lines.add(String.valueOf(line)));
        return lines;
    }

    private static Future<Void> wrong(RoutingContext context, Overrides.Mistake mistake) {
        JsonObject error = new JsonObject().put("message", mistake.sentence()).put("line_num", mistake.line());
        context.response().setStatusCode(422);
        return ProtocolRoutes.json(context, new JsonObject().put("validation_error", error));
    }

    private Future<?> construct(JobId id, JsonObject body, String who) {
        JsonObject settings = body.getValue("settings") instanceof JsonObject given ? given : new JsonObject();
        JobOrder.Construct order = new JobOrder.Construct(
                id, WAITING, settings.getMap(), "Compiled on behalf of " + who + ".", Sight.NOTHING);
        return refusedAs422(bus.ask(JobOrder.CONSTRUCT, order));
    }

    /** What the state of a job does not allow has status 422 in this protocol. */
    private static Future<?> refusedAs422(Future<?> done) {
        return done.recover(failure -> failure instanceof HttpFailure known && known.status() == 409
                ? Future.failedFuture(new HttpFailure(422, known.getMessage()))
                : Future.failedFuture(failure));
    }

    private Future<Void> changeTask(RoutingContext context) {
        TaskId id = Requests.id(context, "tid", TaskId::new);
        JsonObject body = Requests.object(context);
        String op = ProtocolRoutes.text(body, "op");
        if (op.equals("request-task-log-file")) {
            return requestLog(context, id, Boolean.TRUE.equals(body.getValue("force_rerequest")));
        }
        Future<?> done = switch (op) {
            case "set-task-status" -> wanted(new JobOrder.SetTaskStatus(id, taskStatus(body)));
            case "requeue" -> wanted(new JobOrder.RequeueWithSuccessors(id));
            default -> throw unknownOperation(op);
        };
        return done.compose(changed -> noContent(context));
    }

    private Future<Void> changeManager(RoutingContext context) {
        ManagerId id = Requests.id(context, "mid", ManagerId::new);
        JsonObject body = Requests.object(context);
        String op = ProtocolRoutes.text(body, "op");
        if (!op.equals("edit-from-web")) {
            throw unknownOperation(op);
        }
        return managers.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no Manager " + id + ".")))
                .compose(manager -> {
                    ManagerEdit edit = ManagerEdit.read(body, manager);
                    if (!edit.mistakes().isEmpty()) {
                        context.response().setStatusCode(422);
                        return ProtocolRoutes.json(context, edit.protocolMistakes());
                    }
                    return managers.describe(id, edit.name(), edit.description(), clock.instant())
                            .compose(done -> facts.manager(id, ServerFacts.CHANGED))
                            .compose(told -> noContent(context));
                });
    }

    /** A log that is there already is pointed to, unless it is wanted anew. */
    private Future<Void> requestLog(RoutingContext context, TaskId id, boolean anew) {
        return tasks.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")))
                .compose(task -> {
                    if (!LogWishes.worthAsking(task.state().status())) {
                        throw new HttpFailure(
                                400, "The task is " + task.state().status() + ", so its Manager has no log of it yet.");
                    }
                    if (task.logFile().isPresent() && !anew) {
                        return context.response()
                                .setStatusCode(409)
                                .putHeader(HttpHeaders.LOCATION, "/api/v1/tasks/" + id + "/log.gz")
                                .end();
                    }
                    return new LogWishes(managers, bus).want(task).compose(wanted -> noContent(context));
                });
    }

    private static JobStatus jobStatus(JsonObject body) {
        return JobStatus.parse(ProtocolRoutes.text(body, "status"))
                .orElseThrow(() -> new HttpFailure(422, "\"status\" is no status of a job."));
    }

    private static TaskStatus taskStatus(JsonObject body) {
        return TaskStatus.parse(ProtocolRoutes.text(body, "status"))
                .orElseThrow(() -> new HttpFailure(422, "\"status\" is no status of a task."));
    }

    private static HttpFailure unknownOperation(String op) {
        return new HttpFailure(400, "The operation \"" + Requests.shortened(op) + "\" is not known here.");
    }

    private static Future<Void> noContent(RoutingContext context) {
        return context.response().setStatusCode(204).end();
    }
}

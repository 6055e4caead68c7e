package io.flamenco.server.http;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.Told;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.http.RouteMethods;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.PushResponse;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Managers call, as the Flamenco 2 protocol has it. Beyond it a Manager may send its batches compressed, which each
 * answer announces (RFC 7694).
 */
final class ManagerApi {

    private static final long LARGEST_BATCH_BYTES = 64L << 20;
    private static final long LARGEST_NOTIFICATION_BYTES = 4L << 20;

    private final Jobs jobs;
    private final Tasks tasks;
    private final Managers managers;
    private final ManagerLogin login;
    private final FarmBus bus;
    private final ChangeFacts facts;
    private final Clock clock;

    ManagerApi(Jobs jobs, Tasks tasks, Managers managers, FarmBus bus, ChangeFacts facts, Clock clock) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.managers = managers;
        this.login = new ManagerLogin(managers);
        this.bus = bus;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router) {
        String manager = "/api/flamenco/managers/:mid";
        router.route("/api/flamenco/*").handler(ManagerApi::announceCompression);
        RouteMethods.changing(router.get(manager + "/depsgraph")).handler(Answering.with(this::depsgraph));
        router.get("/api/flamenco/tasks/:tid").handler(Answering.with(this::task));
        router.post(manager + "/task-update-batch").handler(login::guard);
        router.post(manager + "/task-update-batch")
                .handler(new LimitedBody(LARGEST_BATCH_BYTES))
                .handler(Answering.with(this::updates));
        LimitedBody notification = new LimitedBody(LARGEST_NOTIFICATION_BYTES);
        router.post(manager + "/startup").handler(login::guard);
        router.post(manager + "/startup").handler(notification).handler(Answering.with(this::notification));
        router.post(manager + "/update").handler(login::guard);
        router.post(manager + "/update").handler(notification).handler(Answering.with(this::notification));
    }

    private static void announceCompression(RoutingContext context) {
        context.response().putHeader(HttpHeaders.ACCEPT_ENCODING, "gzip");
        context.next();
    }

    private Future<Void> depsgraph(RoutingContext context) {
        Optional<Instant> after = Optional.ofNullable(context.request().getHeader("X-Flamenco-If-Updated-Since"))
                .flatMap(JsonDates::parse);
        return login.self(context)
                .compose(manager -> new DepsgraphAnswer(bus, context.response(), manager, after).send());
    }

    private Future<Void> task(RoutingContext context) {
        return login.caller(context).compose(caller -> {
            TaskId id = Requests.id(context, "tid", TaskId::new);
            return tasks.find(id)
                    .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no task " + id + ".")))
                    .compose(task -> {
                        if (!task.state().manager().equals(caller)) {
                            throw new HttpFailure(403, "The task " + id + " belongs to another Manager.");
                        }
                        return jobs.find(List.of(task.state().job()))
                                .compose(found -> found.isEmpty()
                                        ? Future.failedFuture(new HttpFailure(404, "The job of the task is gone."))
                                        : answer(context, task, found.getFirst()));
                    });
        });
    }

    private static Future<Void> answer(RoutingContext context, StoredTask task, StoredJob job) {
        String etag = WireTasks.etag(task, job);
        HttpServerResponse response = context.response().putHeader(HttpHeaders.ETAG, "\"" + etag + "\"");
        if (etag.equals(unquoted(context.request().getHeader(HttpHeaders.IF_NONE_MATCH)))) {
            return response.setStatusCode(304).end();
        }
        return response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.LAST_MODIFIED, JsonDates.document(WireTasks.changed(task, job)))
                .end(WireTasks.write(task, job));
    }

    /** Managers send the bare etag, without the quotes that HTTP wants. */
    private static String unquoted(@Nullable String etag) {
        String text = etag == null ? "" : etag.strip();
        return (text.startsWith("W/") ? text.substring(2) : text).replace("\"", "");
    }

    private Future<Void> updates(RoutingContext context) {
        ManagerId manager = ManagerLogin.known(context);
        JobOrder.Report report = new JobOrder.Report(manager, ReportBatch.read(Requests.array(context)));
        return managers.wantedLogs(manager)
                .compose(wantedLogs -> bus.ask(JobOrder.REPORT, report)
                        .compose(done -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(WireJson.write(new PushResponse(
                                        done.changed(), done.handled(), done.toCancel(), wantedLogs)))));
    }

    private Future<Void> notification(RoutingContext context) {
        ManagerId manager = ManagerLogin.known(context);
        Told told = Notifications.read(Requests.object(context));
        return managers.find(manager)
                .map(Optional::orElseThrow)
                .compose(before ->
                        managers.write(manager, told, clock.instant()).compose(stored -> facts.managerAfter(before)))
                .compose(done -> context.response().setStatusCode(204).end());
    }
}

package io.flamenco.manager.http;

import io.flamenco.manager.images.ImageOrders;
import io.flamenco.manager.scheduler.Delivery;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.Accepted;
import io.flamenco.manager.scheduler.SchedulerOrders.Allowed;
import io.flamenco.manager.scheduler.SchedulerOrders.OtherWorker;
import io.flamenco.manager.scheduler.SchedulerOrders.Permission;
import io.flamenco.manager.scheduler.SchedulerOrders.Report;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownTask;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownWorker;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Outcome;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.Wanted;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.ProducedFiles;
import io.flamenco.shared.wire.SignOn;
import io.flamenco.shared.wire.StatusRequest;
import io.flamenco.shared.wire.WorkerUpdate;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of Workers, except for the one that asks for work. */
final class WorkerRoutes implements RouteGroup {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerRoutes.class);

    private static final int MOST_BYTES = 64 * 1024;

    /** A Worker sends its log in pieces; a piece of this size would be a fault of its own. */
    private static final int MOST_BYTES_OF_UPDATE = 32 * 1024 * 1024;

    private final FarmBus bus;
    private final WorkerCalls calls;
    private final URI server;

    /**
     * @param server where tasks can be looked at
     */
    WorkerRoutes(FarmBus bus, WorkerCalls calls, URI server) {
        this.bus = bus;
        this.calls = calls;
        this.server = server;
    }

    @Override
    public void addTo(Router router) {
        router.post("/sign-on").handler(calls.by(this::signOn));
        router.post("/sign-off").handler(calls.by(this::signOff));
        router.post("/tasks/:task/update").handler(calls.about(this::update));
        router.post("/tasks/:task/return").handler(calls.about(this::giveBack));
        router.get("/may-i-run/:task").handler(calls.about(this::mayIRun));
        router.get("/status-change").handler(calls.by(this::statusChange));
        router.post("/ack-status-change/:status").handler(calls.by(this::acknowledge));
        router.post("/output-produced").handler(calls.by(this::outputProduced));
        router.route("/tasks/:task/redir-to-server").handler(this::redirect);
    }

    private void signOn(RoutingContext context, WorkerId worker) {
        Bodies.json(context, SignOn.class, MOST_BYTES)
                .compose(body -> bus.ask(
                        WorkerOrders.SIGN_ON,
                        new WorkerOrders.SignOn(
                                worker, WorkerCalls.seen(context), body.nickname(), body.supportedTaskTypes())))
                .onComplete(outcome -> done(context, worker, outcome), failure -> calls.fail(context, failure));
    }

    private void signOff(RoutingContext context, WorkerId worker) {
        context.request().resume();
        bus.ask(WorkerOrders.SIGN_OFF, new WorkerOrders.SignOff(worker))
                .onComplete(outcome -> done(context, worker, outcome), failure -> calls.fail(context, failure));
    }

    private void update(RoutingContext context, WorkerId worker, TaskId task) {
        Bodies.json(context, WorkerUpdate.class, MOST_BYTES_OF_UPDATE)
                .compose(body -> bus.ask(
                        SchedulerOrders.REPORT_UPDATE,
                        new SchedulerOrders.ReportUpdate(
                                worker, WorkerCalls.seen(context), task, body, delivery(context, worker, task))))
                .onComplete(report -> reported(context, worker, task, report), failure -> calls.fail(context, failure));
    }

    private static Delivery delivery(RoutingContext context, WorkerId worker, TaskId task) {
        return Delivery.of(worker, task, context.request().getHeader("Idempotency-Key"));
    }

    private void giveBack(RoutingContext context, WorkerId worker, TaskId task) {
        context.request().resume();
        bus.ask(SchedulerOrders.RETURN_TASK, new SchedulerOrders.ReturnTask(worker, WorkerCalls.seen(context), task))
                .onComplete(
                        report -> {
                            if (report instanceof UnknownTask) {
                                Answers.nothing(context, 404);
                            } else {
                                reported(context, worker, task, report);
                            }
                        },
                        failure -> calls.fail(context, failure));
    }

    private void reported(RoutingContext context, WorkerId worker, TaskId task, Report report) {
        switch (report) {
            case Accepted accepted -> Answers.nothing(context, 204);
            case UnknownTask unknown -> Answers.text(context, 404, "Task " + task + " is unknown.");
            case OtherWorker other -> Answers.text(context, 409, "Task " + task + " is assigned to another worker.");
            case UnknownWorker gone -> calls.vanished(context, worker);
        }
    }

    private void mayIRun(RoutingContext context, WorkerId worker, TaskId task) {
        context.request().resume();
        bus.ask(SchedulerOrders.MAY_I_RUN, new SchedulerOrders.MayIRun(worker, WorkerCalls.seen(context), task))
                .onComplete(answer -> permit(context, worker, answer), failure -> calls.fail(context, failure));
    }

    private void permit(RoutingContext context, WorkerId worker, Permission permission) {
        switch (permission) {
            case Allowed allowed -> Answers.json(context, 200, allowed.answer());
            case UnknownWorker gone -> calls.vanished(context, worker);
        }
    }

    private void statusChange(RoutingContext context, WorkerId worker) {
        context.request().resume();
        bus.ask(WorkerOrders.STATUS_WANTED, new WorkerOrders.StatusWanted(worker, WorkerCalls.seen(context)))
                .onComplete(outcome -> done(context, worker, outcome), failure -> calls.fail(context, failure));
    }

    private void acknowledge(RoutingContext context, WorkerId worker) {
        context.request().resume();
        String status = context.pathParam("status");
        bus.ask(WorkerOrders.ACK_STATUS, new WorkerOrders.AckStatus(worker, status))
                .onComplete(
                        outcome -> {
                            if (outcome instanceof Refused(String reason)) {
                                LOG.warn("An acknowledgement is ignored. worker={} reason={}", worker, reason);
                                Answers.nothing(context, 204);
                            } else {
                                done(context, worker, outcome);
                            }
                        },
                        failure -> calls.fail(context, failure));
    }

    private void outputProduced(RoutingContext context, WorkerId worker) {
        Bodies.json(context, ProducedFiles.class, MOST_BYTES)
                .onComplete(files -> offer(context, worker, files), failure -> calls.fail(context, failure));
    }

    private void offer(RoutingContext context, WorkerId worker, ProducedFiles files) {
        if (files.paths().isEmpty()) {
            Answers.text(context, 422, "List of paths may not be empty.");
            return;
        }
        bus.ask(ImageOrders.OFFER_FILES, new ImageOrders.OfferFiles(worker, files.paths()))
                .onFailure(failure -> LOG.warn("Pictures are not shown. worker={}", worker, failure));
        Answers.nothing(context, 204);
    }

    private void done(RoutingContext context, WorkerId worker, Outcome outcome) {
        switch (outcome) {
            case Carried carried -> Answers.nothing(context, 204);
            case Wanted(String status) when status.isEmpty() -> Answers.nothing(context, 204);
            case Wanted(String status) -> Answers.json(context, 200, new StatusRequest(status));
            case NoSuchWorker gone -> calls.vanished(context, worker);
            case Refused(String sentence) -> Answers.text(context, 400, sentence + "\n");
        }
    }

    private void redirect(RoutingContext context) {
        String id = context.pathParam("task");
        if (!ObjectIds.isValid(id)) {
            Answers.text(context, 404, "Invalid ObjectID used for task-id: " + id + "\n");
            return;
        }
        context.response()
                .putHeader(
                        HttpHeaders.LOCATION,
                        server.resolve("/flamenco/tasks/" + id).toString());
        Answers.nothing(context, 307);
    }
}

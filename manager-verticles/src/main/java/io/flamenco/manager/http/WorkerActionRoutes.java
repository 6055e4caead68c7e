package io.flamenco.manager.http;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.AckTimeout;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.ForgetBlocklistLine;
import io.flamenco.manager.workers.WorkerOrders.ForgetWorker;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Outcome;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.RequestStatus;
import io.flamenco.manager.workers.WorkerOrders.RevokeCredentials;
import io.flamenco.manager.workers.WorkerOrders.SendTestJob;
import io.flamenco.manager.workers.WorkerOrders.SetSleepSchedule;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people order Workers to do: {@code POST /worker-action/{id}} with a form, {@code POST /set-sleep-schedule/{id}} with
 * JSON (Flamenco 2 protocol). Both need the API token.
 */
public final class WorkerActionRoutes implements RouteGroup {

    private static final int LARGEST_BODY = 16 * 1024;

    private final FarmBus bus;
    private final BearerGate gate;

    public WorkerActionRoutes(FarmBus bus, BearerGate gate) {
        this.bus = bus;
        this.gate = gate;
    }

    /** A sleep schedule as it is sent; what is absent is unset. */
    private record Schedule(
            boolean scheduleActive,
            @Nullable String daysOfWeek,
            @Nullable String timeStart,
            @Nullable String timeEnd) {

        SleepTimes times() {
            return new SleepTimes(scheduleActive, text(daysOfWeek), text(timeStart), text(timeEnd), null);
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    @Override
    public void addTo(Router router) {
        router.post("/worker-action/:worker").handler(gate).handler(context -> answer(context, action(context)));
        router.post("/set-sleep-schedule/:worker").handler(gate).handler(context -> answer(context, schedule(context)));
    }

    private Future<Outcome> action(RoutingContext context) {
        WorkerId worker = worker(context);
        return Bodies.form(context, LARGEST_BODY)
                .map(form -> form.addAll(context.queryParams()))
                .compose(form -> action(worker, form));
    }

    private Future<Outcome> action(WorkerId worker, MultiMap form) {
        boolean lazy = "true".equals(form.get("lazy"));
        return switch (field(form, "action")) {
            case "set-status" ->
                bus.ask(WorkerOrders.REQUEST_STATUS, new RequestStatus(worker, field(form, "status"), lazy));
            case "shutdown" -> bus.ask(WorkerOrders.REQUEST_STATUS, new RequestStatus(worker, "shutdown", lazy));
            case "ack-timeout" -> bus.ask(WorkerOrders.ACK_TIMEOUT, new AckTimeout(worker));
            case "send-test-job" -> bus.ask(WorkerOrders.SEND_TEST_JOB, new SendTestJob(worker));
            case "forget-worker" -> bus.ask(WorkerOrders.FORGET_WORKER, new ForgetWorker(worker));
            case "revoke-credentials" -> bus.ask(WorkerOrders.REVOKE_CREDENTIALS, new RevokeCredentials(worker));
            case "forget-blacklist-line" ->
                bus.ask(
                        WorkerOrders.FORGET_BLOCKLIST_LINE,
                        new ForgetBlocklistLine(worker, job(form), field(form, "task_type")));
            default ->
                throw new HttpFailure(
                        400,
                        "Invalid action \"" + field(form, "action") + "\": known are set-status, shutdown, ack-timeout,"
                                + " send-test-job, forget-worker, revoke-credentials and forget-blacklist-line.");
        };
    }

    private Future<Outcome> schedule(RoutingContext context) {
        WorkerId worker = worker(context);
        String type = context.request().getHeader("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new HttpFailure(406, "expected JSON: send the schedule as application/json.");
        }
        return Bodies.json(context, Schedule.class, LARGEST_BODY)
                .compose(schedule ->
                        bus.ask(WorkerOrders.SET_SLEEP_SCHEDULE, new SetSleepSchedule(worker, schedule.times())));
    }

    private static void answer(RoutingContext context, Future<Outcome> asked) {
        asked.onSuccess(outcome -> {
                    switch (outcome) {
                        case Carried carried when carried.message().isEmpty() -> Answers.nothing(context, 204);
                        case Carried carried -> Answers.text(context, 200, carried.message());
                        case NoSuchWorker unknown -> context.fail(new HttpFailure(404, "Worker not found."));
                        case Refused refused -> context.fail(new HttpFailure(400, refused.sentence()));
                        default -> Answers.nothing(context, 204);
                    }
                })
                .onFailure(context::fail);
    }

    private static WorkerId worker(RoutingContext context) {
        String id = context.pathParam("worker");
        if (!ObjectIds.isValid(id)) {
            throw new HttpFailure(400, "Invalid worker ID \"" + id + "\": it takes 24 hexadecimal digits.");
        }
        return new WorkerId(id);
    }

    private static JobId job(MultiMap form) {
        String id = field(form, "job_id");
        if (!ObjectIds.isValid(id)) {
            throw new HttpFailure(400, "Invalid job ID \"" + id + "\": it takes 24 hexadecimal digits.");
        }
        return new JobId(id);
    }

    private static String field(MultiMap form, String name) {
        String value = form.get(name);
        return value == null ? "" : value;
    }
}

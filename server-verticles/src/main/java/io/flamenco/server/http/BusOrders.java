package io.flamenco.server.http;

import io.flamenco.server.http.ServerHttpVerticle.Stores;
import io.flamenco.server.jobs.Sight;
import io.flamenco.server.store.AuditLog.Deed;
import io.flamenco.shared.bridge.BridgeGuest;
import io.flamenco.shared.bridge.BridgeOrders;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerRequests;
import io.flamenco.shared.bus.ServerRequests.CancelTask;
import io.flamenco.shared.bus.ServerRequests.ChangeJob;
import io.flamenco.shared.bus.ServerRequests.RequeueTask;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.Id;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is sent over the bus as {@link ChangeRoutes} does it, and writes it down as {@link AuditTrail} does. */
final class BusOrders implements BridgeOrders {

    private static final Logger LOG = LoggerFactory.getLogger(BusOrders.class);

    private final Stores stores;
    private final Ownership ownership;
    private final JobActions jobs;
    private final TaskActions tasks;
    private final Clock clock;

    BusOrders(Stores stores, Ownership ownership, FarmBus bus, Clock clock) {
        this.stores = stores;
        this.ownership = ownership;
        this.jobs = new JobActions(bus);
        this.tasks = new TaskActions(bus);
        this.clock = clock;
    }

    @Override
    public Future<JsonObject> carryOut(BridgeGuest sender, String from, String address, Record order) {
        Caller caller = BusTerms.caller(sender);
        return carryOut(caller, address, (ServerRequests) order)
                .onComplete(done -> remember(caller, from, address, (ServerRequests) order, status(done.cause())));
    }

    private Future<JsonObject> carryOut(Caller caller, String address, ServerRequests request) {
        return switch (request) {
            case ChangeJob(JobId job) ->
                ownership
                        .check(job, caller)
                        .compose(own -> change(caller, address, job))
                        .compose(done -> job(job));
            case RequeueTask(TaskId task, boolean successors) ->
                ownership
                        .check(task, caller)
                        .compose(own -> tasks.requeue(task, successors, Sight.NOTHING))
                        .compose(done -> task(task));
            case CancelTask(TaskId task) ->
                ownership
                        .check(task, caller)
                        .compose(own -> tasks.cancel(task, Sight.NOTHING))
                        .compose(done -> task(task));
        };
    }

    private Future<?> change(Caller caller, String address, JobId job) {
        String action = address.substring(address.lastIndexOf('.') + 1);
        return jobs.named(action).orElseThrow().apply(new JobActions.Wish(job, caller.name(), Sight.NOTHING));
    }

    private Future<JsonObject> job(JobId id) {
        return stores.jobs().find(id).map(Optional::orElseThrow).map(JobJson::whole);
    }

    private Future<JsonObject> task(TaskId id) {
        return stores.tasks()
                .find(id)
                .map(Optional::orElseThrow)
                .compose(task -> stores.jobs()
                        .find(task.state().job())
                        .map(Optional::orElseThrow)
                        .map(job -> JobJson.whole(task, job)));
    }

    private void remember(Caller caller, String from, String address, ServerRequests request, int status) {
        Id thing = switch (request) {
            case ChangeJob(JobId job) -> job;
            case RequeueTask(TaskId task, boolean successors) -> task;
            case CancelTask(TaskId task) -> task;
        };
        Deed deed = new Deed(
                clock.instant(),
                UUID.randomUUID().toString(),
                caller.name(),
                caller.user().hex(),
                caller.means().word(),
                from,
                "BUS " + address,
                thing.hex(),
                status,
                WireJson.toJson(request));
        stores.people()
                .audit()
                .add(deed)
                .onFailure(failure ->
                        LOG.error("A change could not be written to the audit log. thing={}", thing, failure));
    }

    private static int status(@Nullable Throwable failure) {
        return failure == null ? 200 : failure instanceof HttpFailure known ? known.status() : 500;
    }
}

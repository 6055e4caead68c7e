package io.flamenco.manager.http;

import io.flamenco.manager.audit.AuditLog;
import io.flamenco.manager.login.Person;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.AckTimeout;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Outcome;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.shared.bridge.BridgeGuest;
import io.flamenco.shared.bridge.BridgeOrders;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerRequests;
import io.flamenco.shared.bus.ManagerRequests.AcknowledgeTimeout;
import io.flamenco.shared.bus.ManagerRequests.RequestStatus;
import io.flamenco.shared.bus.ManagerRequests.SendTestJob;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Does what is sent over the bus, as {@link WorkerActionRoutes} does it. */
public final class BusOrders implements BridgeOrders {

    private final FarmBus bus;
    private final AuditLog audit;

    /** @param audit remembers what is changed by whom */
    public BusOrders(FarmBus bus, AuditLog audit) {
        this.bus = bus;
        this.audit = audit;
    }

    @Override
    public Future<JsonObject> carryOut(BridgeGuest sender, String from, String address, Record order) {
        ManagerRequests request = (ManagerRequests) order;
        Person person = new Person(sender.id(), sender.name(), sender.role());
        String thing = "/" + address + "/" + request.workerId();
        return asked(request)
                .map(BusOrders::answer)
                .onSuccess(done -> audit.changed(person, from, "BUS", thing, 200))
                .onFailure(failure -> audit.changed(person, from, "BUS", thing, status(failure)));
    }

    private Future<Outcome> asked(ManagerRequests request) {
        return switch (request) {
            case RequestStatus(var worker, String status, boolean lazy) ->
                bus.ask(WorkerOrders.REQUEST_STATUS, new WorkerOrders.RequestStatus(worker, status, lazy));
            case AcknowledgeTimeout(var worker) -> bus.ask(WorkerOrders.ACK_TIMEOUT, new AckTimeout(worker));
            case SendTestJob(var worker) -> bus.ask(WorkerOrders.SEND_TEST_JOB, new WorkerOrders.SendTestJob(worker));
        };
    }

    private static JsonObject answer(Outcome outcome) {
        return switch (outcome) {
            case Carried carried -> new JsonObject().put("message", carried.message());
            case NoSuchWorker unknown -> throw new HttpFailure(404, "Worker not found.");
            case Refused refused -> throw new HttpFailure(400, refused.sentence());
            default -> new JsonObject().put("message", "");
        };
    }

    private static int status(Throwable failure) {
        return failure instanceof HttpFailure known ? known.status() : 500;
    }
}

package io.flamenco.manager.upstream;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.RequestStatus;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.ServerCapabilities;
import io.flamenco.shared.wire.WorkerReport;
import io.flamenco.shared.wire.WorkerReport.Outcome;
import io.flamenco.shared.wire.WorkerReport.ReportedWorker;
import io.flamenco.shared.wire.WorkerReportAnswer;
import io.flamenco.shared.wire.WorkerReportAnswer.Order;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a Server of ours of the Workers, and passes on what people want of them there. An original Server does not announce
 * that it takes such reports, and gets none.
 *
 * <p>What became of an order is told until the Server has taken it. An order that comes again meanwhile is not carried out
 * again.
 */
public final class UpstreamWorkersVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamWorkersVerticle.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    private final FarmBus bus;
    private final Timers timers;
    private final Clock clock;
    private final ServerClient server;
    private final Capability reports;
    private final Map<String, Outcome> untold = new LinkedHashMap<>();
    private List<ReportedWorker> told = List.of();
    private boolean anythingTold;
    private boolean changed;
    private Instant nextReport = Instant.MIN;

    /**
     * @param server is closed with this verticle
     */
    public UpstreamWorkersVerticle(FarmBus bus, Timers timers, Clock clock, ServerClient server) {
        this.bus = bus;
        this.timers = timers;
        this.clock = clock;
        this.server = server;
        this.reports = new Capability(server, clock, ServerCapabilities.WORKER_REPORTS);
    }

    @Override
    public Future<?> start() {
        bus.hear(Addresses.MANAGER_WORKER_STATUS_CHANGED, fact -> changed = true);
        Timers.Timer telling = timers.every("tell the Server of the Workers", LOOK, LOOK, this::look);
        bus.answer(UpstreamOrders.REPORT_WORKERS, order -> onOrder(telling));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    private Future<Done> onOrder(Timers.Timer telling) {
        nextReport = Instant.MIN;
        telling.kick();
        return Future.succeededFuture(Done.DONE);
    }

    private Future<?> look() {
        boolean due = changed || !untold.isEmpty() || !clock.instant().isBefore(nextReport);
        return due ? reports.use(() -> report().onFailure(failure -> anythingTold = false)) : Future.succeededFuture();
    }

    private Future<?> report() {
        changed = false;
        return bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers()).compose(list -> {
            List<ReportedWorker> workers = list.workers().stream()
                    .map(UpstreamWorkersVerticle::reported)
                    .toList();
            List<Outcome> outcomes = List.copyOf(untold.values());
            boolean same = anythingTold && workers.equals(told);
            return server.tellWorkers(new WorkerReport(same ? null : workers, outcomes))
                    .compose(answer -> onTaken(workers, outcomes, answer));
        });
    }

    private Future<?> onTaken(List<ReportedWorker> workers, List<Outcome> outcomes, WorkerReportAnswer answer) {
        told = workers;
        anythingTold = true;
        nextReport = clock.instant().plus(REPORT_EVERY);
        outcomes.forEach(outcome -> untold.remove(outcome.id()));
        List<String> justTold = outcomes.stream().map(Outcome::id).toList();
        Future<?> done = Future.succeededFuture();
        for (Order order : answer.orders()) {
            boolean fresh = !justTold.contains(order.id()) && !untold.containsKey(order.id());
            done = fresh ? done.compose(before -> carryOut(order)) : done;
        }
        return done;
    }

    private Future<?> carryOut(Order order) {
        return bus.ask(WorkerOrders.REQUEST_STATUS, new RequestStatus(order.worker(), order.status(), order.lazy()))
                .map(outcome -> switch (outcome) {
                    case Carried carried -> new Outcome(order.id(), true, carried.message());
                    case NoSuchWorker unknown -> new Outcome(order.id(), false, "The Manager has no such Worker.");
                    case Refused refused -> new Outcome(order.id(), false, refused.sentence());
                    default -> new Outcome(order.id(), false, "The Manager cannot do that.");
                })
                .onSuccess(outcome -> {
                    untold.put(outcome.id(), outcome);
                    LOG.info(
                            "A status was requested at the Server. worker={} status={} accepted={}",
                            order.worker(),
                            order.status(),
                            outcome.accepted());
                });
    }

    private static ReportedWorker reported(WorkerView worker) {
        Instant seen = worker.lastActivity();
        boolean atWork = TaskStatus.ACTIVE.wire().equals(worker.currentTaskStatus());
        return new ReportedWorker(
                worker.workerId(),
                worker.nickname(),
                worker.address(),
                worker.status(),
                worker.statusRequested(),
                worker.platform(),
                worker.software(),
                worker.supportedTaskTypes(),
                atWork ? worker.currentTask() : null,
                atWork ? worker.currentJob() : null,
                seen == null ? null : seen.truncatedTo(ChronoUnit.MINUTES));
    }
}

package io.flamenco.server.workers;

import io.flamenco.server.news.NewsOrder;
import io.flamenco.server.news.NewsOrder.Happened;
import io.flamenco.server.store.ReportedWorkers;
import io.flamenco.server.store.ReportedWorkers.Crew;
import io.flamenco.server.store.StatusOrders;
import io.flamenco.server.store.StatusOrders.StatusOrder;
import io.flamenco.server.workers.CrewOrder.Report;
import io.flamenco.server.workers.CrewOrder.RequestStatus;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts.WorkerStatusChanged;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.NewsKind;
import io.flamenco.shared.wire.WorkerReport.Outcome;
import io.flamenco.shared.wire.WorkerReport.ReportedWorker;
import io.flamenco.shared.wire.WorkerReportAnswer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Knows the Workers of all Managers, and what is wanted of them. Runs once; carries out one order after the other. */
public final class FarmWorkersVerticle extends VerticleBase {

    private static final Duration WANTED_FOR = Duration.ofHours(1);
    private static final Duration REMEMBERED_FOR = Duration.ofDays(7);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
    private static final int LONGEST_MESSAGE = 500;

    private final ReportedWorkers reported;
    private final StatusOrders orders;
    private final Timers timers;
    private final Clock clock;
    private Future<?> last = Future.succeededFuture();

    public FarmWorkersVerticle(ReportedWorkers reported, StatusOrders orders, Timers timers, Clock clock) {
        this.reported = reported;
        this.orders = orders;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        bus.answer(CrewOrder.REPORT, order -> inTurn(() -> report(order, bus)));
        bus.answer(
                CrewOrder.REQUEST_STATUS,
                order -> inTurn(() -> request(order)).onSuccess(made -> tellManager(made, bus)));
        timers.every("orders for Workers", TIDY_EVERY, TIDY_EVERY, this::tidy);
        return Future.succeededFuture();
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Future<T> mine = last.transform(before -> work.get());
        last = mine;
        return mine;
    }

    private Future<Void> tidy() {
        Instant now = clock.instant();
        return orders.expire(now).compose(expired -> orders.forget(now.minus(REMEMBERED_FOR)));
    }

    private Future<WorkerReportAnswer> report(Report order, FarmBus bus) {
        Instant now = now();
        return store(order, now, bus)
                .compose(stored -> close(order))
                .compose(closed -> orders.waiting(order.manager(), now))
                .map(waiting -> new WorkerReportAnswer(waiting.stream()
                        .map(one -> new WorkerReportAnswer.Order(one.id(), one.worker(), one.status(), one.lazy()))
                        .toList()));
    }

    private Future<Void> store(Report order, Instant now, FarmBus bus) {
        List<ReportedWorker> workers = order.report().workers();
        if (workers == null) {
            return reported.stillSo(order.manager(), now);
        }
        return reported.of(order.manager()).compose(before -> {
            Crew crew = new Crew(order.manager(), now, workers);
            return reported.put(crew)
                    .onSuccess(stored -> tell(before.map(Crew::workers).orElse(List.of()), crew, bus));
        });
    }

    private static void tell(List<ReportedWorker> before, Crew crew, FarmBus bus) {
        Map<WorkerId, ReportedWorker> old = byId(before);
        for (ReportedWorker worker : crew.workers()) {
            Optional<ReportedWorker> known = Optional.ofNullable(old.remove(worker.id()));
            boolean same = known.filter(one -> one.status().equals(worker.status())
                            && one.statusRequested().equals(worker.statusRequested()))
                    .isPresent();
            if (!same) {
                String oldStatus = known.map(ReportedWorker::status).orElse("");
                bus.tell(
                        Addresses.SERVER_WORKER_STATUS_CHANGED,
                        fact(crew, worker, oldStatus, worker.status(), worker.statusRequested()));
            }
        }
        old.values()
                .forEach(gone ->
                        bus.tell(Addresses.SERVER_WORKER_STATUS_CHANGED, fact(crew, gone, gone.status(), "", "")));
    }

    private static WorkerStatusChanged fact(
            Crew crew, ReportedWorker worker, String oldStatus, String status, String requested) {
        return new WorkerStatusChanged(
                crew.manager(), worker.id(), worker.nickname(), oldStatus, status, requested, crew.reported());
    }

    private static Map<WorkerId, ReportedWorker> byId(List<ReportedWorker> workers) {
        return workers.stream()
                .collect(Collectors.toMap(ReportedWorker::id, Function.identity(), (first, second) -> second));
    }

    private Future<Void> close(Report order) {
        Future<Void> closed = Future.succeededFuture();
        for (Outcome outcome : order.report().outcomes()) {
            if (ObjectIds.isValid(outcome.id())) {
                closed = closed.compose(before -> orders.answered(
                        order.manager(), outcome.id(), outcome.accepted(), shortened(outcome.message())));
            }
        }
        return closed;
    }

    /** The same wish while it waits is the same order. */
    private Future<StatusOrder> request(RequestStatus order) {
        Instant now = now();
        return reported.with(order.worker()).compose(found -> {
            Crew crew = found.orElseThrow(() -> new HttpFailure(
                    404,
                    "No Manager has told of a Worker " + order.worker()
                            + "; only Managers of this project tell of their Workers."));
            return orders.waitingFor(order.worker(), now)
                    .compose(waiting -> waiting.filter(one -> one.status().equals(order.status())
                                    && one.lazy() == order.lazy()
                                    && one.manager().equals(crew.manager()))
                            .map(Future::succeededFuture)
                            .orElseGet(() -> orders.add(
                                    crew.manager(),
                                    order.worker(),
                                    order.status(),
                                    order.lazy(),
                                    order.by(),
                                    now,
                                    now.plus(WANTED_FOR))));
        });
    }

    private static void tellManager(StatusOrder made, FarmBus bus) {
        bus.tell(NewsOrder.HAPPENED, new Happened(made.manager(), NewsKind.WORKERS));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    }
}

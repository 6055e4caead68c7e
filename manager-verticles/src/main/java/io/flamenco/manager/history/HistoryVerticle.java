package io.flamenco.manager.history;

import io.flamenco.manager.domain.Sample;
import io.flamenco.manager.domain.Span;
import io.flamenco.manager.domain.WorkerDay;
import io.flamenco.manager.history.HistoryOrders.Days;
import io.flamenco.manager.history.HistoryOrders.Load;
import io.flamenco.manager.history.HistoryOrders.WorkerDays;
import io.flamenco.manager.store.HistoryStore;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts.TaskStatusChanged;
import io.flamenco.shared.bus.ManagerFacts.WorkerStatusChanged;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Remembers a day of the farm, and answers what it remembers. */
public final class HistoryVerticle extends VerticleBase {

    /** How long things are remembered. */
    public static final Duration DAY = Duration.ofHours(24);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final String AWAKE = "awake";
    private static final Set<String> NOT_THERE = Set.of("offline", "");

    private final FarmBus bus;
    private final HistoryStore store;
    private final Clock clock;
    private final Timers timers;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Map<WorkerId, WorkerDay> days = new HashMap<>();

    public HistoryVerticle(FarmBus bus, HistoryStore store, Clock clock, Timers timers) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
        this.timers = timers;
    }

    @Override
    public Future<?> start() {
        return read().onSuccess(read -> {
            bus.hear(Addresses.MANAGER_WORKER_STATUS_CHANGED, this::onWorker);
            bus.hear(Addresses.MANAGER_TASK_STATUS_CHANGED, this::onTask);
            bus.answer(HistoryOrders.FARM_LOAD, asked -> Future.succeededFuture(new Load(List.copyOf(samples))));
            bus.answer(HistoryOrders.WORKER_DAYS, asked -> Future.succeededFuture(days(asked)));
            timers.every("sample the farm", FIRST, MINUTE, this::look);
        });
    }

    private Future<Void> read() {
        return store.samples(clock.instant().minus(DAY))
                .onSuccess(samples::addAll)
                .compose(read -> store.days())
                .onSuccess(stored -> stored.forEach((worker, spans) -> days.put(worker, new WorkerDay(spans))))
                .mapEmpty();
    }

    private void onWorker(WorkerStatusChanged fact) {
        dayOf(fact.workerId()).status(fact.status(), fact.changedAt());
    }

    private void onTask(TaskStatusChanged fact) {
        if (fact.workerId() == null) {
            return;
        }
        if ("active".equals(fact.status())) {
            dayOf(fact.workerId()).task(fact.taskId(), fact.name(), fact.changedAt());
        } else {
            dayOf(fact.workerId()).taskLeft(fact.taskId(), fact.status(), fact.changedAt());
        }
    }

    private WorkerDay dayOf(WorkerId worker) {
        return days.computeIfAbsent(worker, unknown -> new WorkerDay(List.of()));
    }

    private Days days(WorkerDays asked) {
        Map<WorkerId, List<Span>> found = new LinkedHashMap<>();
        for (WorkerId worker : asked.workers()) {
            WorkerDay day = days.get(worker);
            if (day != null) {
                found.put(worker, day.since(asked.since()));
            }
        }
        return new Days(found);
    }

    /** Looks at the whole farm, so that a fact that was lost does not falsify the plots for long. */
    private Future<Void> look() {
        return bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers()).compose(list -> remember(list.workers()));
    }

    private Future<Void> remember(List<WorkerView> workers) {
        Instant now = clock.instant();
        workers.forEach(worker -> dayOf(worker.workerId()).status(worker.status(), now));
        Sample sample = sample(workers, now.truncatedTo(ChronoUnit.MINUTES));
        Instant before = now.minus(DAY);
        samples.removeIf(other -> other.at().isBefore(before) || other.at().equals(sample.at()));
        samples.addLast(sample);
        days.values().forEach(day -> day.forget(before));
        List<WorkerId> gone = gone(workers);
        days.keySet().removeAll(gone);
        return store.put(sample, before).compose(stored -> store.put(changed(), gone));
    }

    private static Sample sample(List<WorkerView> workers, Instant at) {
        int working = count(workers, HistoryVerticle::atWork);
        int awake = count(workers, worker -> AWAKE.equals(worker.status()));
        return new Sample(at, working, awake, count(workers, worker -> !NOT_THERE.contains(worker.status())));
    }

    private static boolean atWork(WorkerView worker) {
        return AWAKE.equals(worker.status()) && "active".equals(worker.currentTaskStatus());
    }

    private static int count(List<WorkerView> workers, Predicate<WorkerView> which) {
        return (int) workers.stream().filter(which).count();
    }

    private List<WorkerId> gone(List<WorkerView> workers) {
        Set<WorkerId> there = workers.stream().map(WorkerView::workerId).collect(Collectors.toSet());
        return days.keySet().stream().filter(worker -> !there.contains(worker)).toList();
    }

    private Map<WorkerId, List<Span>> changed() {
        return days.entrySet().stream()
                .filter(entry -> entry.getValue().takeChanged())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().since(Instant.MIN)));
    }
}

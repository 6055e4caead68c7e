package io.flamenco.manager.http;

import io.flamenco.manager.http.FarmViews.CurrentTask;
import io.flamenco.manager.http.FarmViews.FarmView;
import io.flamenco.manager.http.FarmViews.Picture;
import io.flamenco.manager.http.FarmViews.ServerView;
import io.flamenco.manager.http.FarmViews.TaskView;
import io.flamenco.manager.http.FarmViews.TasksView;
import io.flamenco.manager.http.FarmViews.WorkerLine;
import io.flamenco.manager.http.FarmViews.WorkersView;
import io.flamenco.manager.images.ImageOrders;
import io.flamenco.manager.images.ImageOrders.Latest;
import io.flamenco.manager.images.ImageOrders.WhichPicture;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.CountTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Counts;
import io.flamenco.manager.store.TaskPages;
import io.flamenco.manager.store.TaskPages.TaskSummary;
import io.flamenco.manager.upstream.UpstreamOrders;
import io.flamenco.manager.upstream.UpstreamOrders.PushState;
import io.flamenco.manager.upstream.UpstreamOrders.Pushed;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.WorkerList;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the dashboard shows, as JSON below {@code /api/v1}. Reading is open to all who reach the Manager. */
public final class DashboardRoutes implements RouteGroup {

    private static final Duration MOMENT = Duration.ofMillis(250);
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 500;
    private static final int MOST_STATUSES = 20;

    private final FarmBus bus;
    private final TaskPages tasks;
    private final ManagerIdentity identity;
    private final Shared<Buffer> farm;
    private final Shared<Buffer> workers;

    public DashboardRoutes(FarmBus bus, TaskPages tasks, ManagerIdentity identity, Clock clock) {
        this.bus = bus;
        this.tasks = tasks;
        this.identity = identity;
        this.farm = new Shared<>(clock, MOMENT, () -> farm().map(WireJson::write));
        this.workers = new Shared<>(clock, MOMENT, () -> workers().map(WireJson::write));
    }

    @Override
    public void addTo(Router router) {
        router.get("/api/v1/farm").handler(context -> answer(context, farm.current()));
        router.get("/api/v1/workers").handler(context -> answer(context, workers.current()));
        router.get("/api/v1/tasks")
                .handler(context -> answer(context, page(context).map(WireJson::write)));
        router.get("/api/v1/tasks/:task")
                .handler(context -> answer(context, task(context).map(WireJson::write)));
    }

    private Future<FarmView> farm() {
        Future<Counts> counts = bus.ask(SchedulerOrders.COUNT_TASKS, new CountTasks());
        Future<WorkerList> list = bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers());
        Future<Pushed> pushed =
                bus.ask(UpstreamOrders.PUSH_STATE, new PushState()).otherwise(new Pushed(null, ""));
        Future<Latest> latest = bus.ask(ImageOrders.LATEST, new WhichPicture()).otherwise(new Latest(null));
        return Future.all(counts, list, pushed, latest)
                .map(all -> farm(counts.result(), list.result().workers(), pushed.result(), latest.result()));
    }

    private FarmView farm(Counts counts, List<WorkerView> list, Pushed pushed, Latest latest) {
        Map<String, Integer> workersByStatus =
                list.stream().collect(Collectors.toMap(WorkerView::status, worker -> 1, Integer::sum, TreeMap::new));
        int work = counts.ready() + counts.byStatus().getOrDefault("active", 0);
        return new FarmView(
                identity.name(),
                identity.mode(),
                identity.version(),
                FarmStatus.of(workersByStatus, work).name().toLowerCase(Locale.ROOT),
                list.size(),
                counts.tasks(),
                counts.outbox().waiting(),
                pushed.lastPush(),
                workersByStatus,
                new TreeMap<>(counts.byStatus()),
                counts.readyByType(),
                new ServerView(identity.serverName(), identity.serverPages()),
                picture(latest));
    }

    private Future<WorkersView> workers() {
        return bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers())
                .compose(list -> tasks.withIds(list.workers().stream()
                                .map(WorkerView::currentTask)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList())
                        .map(found -> workers(list.workers(), found)));
    }

    private static WorkersView workers(List<WorkerView> list, List<TaskSummary> current) {
        Map<TaskId, TaskSummary> byId =
                current.stream().collect(Collectors.toMap(TaskSummary::id, Function.identity()));
        return new WorkersView(list.stream()
                .sorted(Comparator.comparing(WorkerView::nickname)
                        .thenComparing(worker -> worker.workerId().hex()))
                .map(worker ->
                        line(worker, Optional.ofNullable(worker.currentTask()).map(byId::get)))
                .toList());
    }

    private static WorkerLine line(WorkerView worker, Optional<TaskSummary> current) {
        return new WorkerLine(
                worker.workerId(),
                worker.nickname(),
                worker.status(),
                worker.statusRequested(),
                worker.lazyStatusRequest(),
                worker.address(),
                worker.platform(),
                worker.software(),
                worker.lastActivity(),
                worker.supportedTaskTypes(),
                WorkerDocument.Sleep.of(worker.sleepTimes()),
                worker.blocklist().stream().map(FarmViews.BlockedFrom::of).toList(),
                current.map(CurrentTask::of).orElse(null));
    }

    private Future<TasksView> page(RoutingContext context) {
        int limit = (int) new QueryNumbers(context).number("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        return tasks.page(statuses(context), after(context), limit)
                .map(found -> new TasksView(
                        found, found.size() < limit ? null : found.getLast().id()));
    }

    private Future<TaskView> task(RoutingContext context) {
        TaskId id = taskId(context.pathParam("task"));
        return tasks.details(id)
                .map(found -> found.map(TaskView::of)
                        .orElseThrow(() -> new HttpFailure(404, "There is no task " + id + " on this Manager.")));
    }

    private static List<String> statuses(RoutingContext context) {
        List<String> statuses = context.queryParam("status").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(status -> !status.isBlank())
                .distinct()
                .toList();
        if (statuses.size() > MOST_STATUSES) {
            throw new HttpFailure(400, "At most " + MOST_STATUSES + " statuses can be asked for at once.");
        }
        return statuses;
    }

    private static Optional<TaskId> after(RoutingContext context) {
        return context.queryParam("after").stream()
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(DashboardRoutes::taskId);
    }

    private static TaskId taskId(String hex) {
        if (!ObjectIds.isValid(hex)) {
            throw new HttpFailure(404, "\"" + hex + "\" is not the id of a task: it takes 24 hexadecimal digits.");
        }
        return new TaskId(hex);
    }

    private static @Nullable Picture picture(Latest latest) {
        return latest.picture() == null
                ? null
                : new Picture(
                        latest.picture().url(),
                        latest.picture().taskId(),
                        latest.picture().producedAt());
    }

    private static void answer(RoutingContext context, Future<Buffer> document) {
        document.onSuccess(body -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(body))
                .onFailure(context::fail);
    }
}

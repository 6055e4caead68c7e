package io.flamenco.manager.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flamenco.manager.http.DynamicPoolRoutes.PoolsView;
import io.flamenco.manager.pools.PoolOrders;
import io.flamenco.manager.pools.PoolOrders.WhichPools;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.CountTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Counts;
import io.flamenco.manager.upstream.UpstreamOrders;
import io.flamenco.manager.upstream.UpstreamOrders.FetchTasks;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.FarmBus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tools of the original Manager's dashboard ask: the whole farm in one document, and new tasks now. */
public final class FarmReportRoutes implements RouteGroup {

    private final FarmBus bus;
    private final ManagerIdentity identity;
    private final BearerGate gate;

    public FarmReportRoutes(FarmBus bus, ManagerIdentity identity, BearerGate gate) {
        this.bus = bus;
        this.identity = identity;
        this.gate = gate;
    }

    @Override
    public void addTo(Router router) {
        router.get("/as-json").handler(gate).handler(this::report);
        router.route("/kick").handler(gate).handler(this::kick);
    }

    /** The farm in one document (Flamenco 2 protocol). */
    private record FarmReport(
            int nrOfWorkers,
            int nrOfTasks,
            int upstreamQueueSize,
            String version,
            List<WorkerDocument> workers,
            String managerName,
            String managerMode,
            FarmViews.ServerView server,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PoolsView dynamicPools) {}

    private void report(RoutingContext context) {
        Future<Counts> counts = bus.ask(SchedulerOrders.COUNT_TASKS, new CountTasks());
        Future<List<WorkerView>> workers =
                bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers()).map(WorkerOrders.WorkerList::workers);
        Future<@Nullable PoolsView> pools = pools();
        Future.all(counts, workers, pools)
                .map(all -> report(counts.result(), workers.result(), pools.result()))
                .onSuccess(report -> {
                    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
                    Answers.json(context, 200, report);
                })
                .onFailure(context::fail);
    }

    /** Nobody looks after pools unless the settings name some. */
    private Future<@Nullable PoolsView> pools() {
        return bus.ask(PoolOrders.WHICH_POOLS, new WhichPools())
                .<@Nullable PoolsView>map(PoolsView::of)
                .otherwiseEmpty();
    }

    private FarmReport report(Counts counts, List<WorkerView> workers, @Nullable PoolsView pools) {
        return new FarmReport(
                counts.workers(),
                counts.tasks(),
                counts.outbox().waiting(),
                identity.version(),
                workers.stream()
                        .sorted(Comparator.comparing(WorkerView::nickname).thenComparing(WorkerView::status))
                        .map(WorkerDocument::of)
                        .toList(),
                identity.name(),
                identity.mode(),
                new FarmViews.ServerView(identity.serverName(), identity.serverPages()),
                pools);
    }

    private void kick(RoutingContext context) {
        bus.ask(UpstreamOrders.FETCH_TASKS, new FetchTasks())
                .onSuccess(kicked -> Answers.text(context, 200, "Kicked task downloader\n"))
                .onFailure(context::fail);
    }
}

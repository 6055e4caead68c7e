package io.flamenco.manager.http;

import io.flamenco.manager.domain.Sample;
import io.flamenco.manager.domain.Span;
import io.flamenco.manager.history.HistoryOrders;
import io.flamenco.manager.history.HistoryOrders.FarmLoad;
import io.flamenco.manager.history.HistoryOrders.Load;
import io.flamenco.manager.history.HistoryOrders.WorkerDays;
import io.flamenco.manager.history.HistoryVerticle;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.WorkerId;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code GET /api/v1/history/load}, how busy the farm was, and {@code GET /api/v1/history/workers?ids=…&minutes=…}, what up
 * to {@value #MOST_WORKERS} Workers did. Reading is open to all who reach the Manager.
 */
public final class HistoryRoutes implements RouteGroup {

    private static final int MOST_WORKERS = 100;
    private static final int DAY_MINUTES = (int) HistoryVerticle.DAY.toMinutes();

    private final FarmBus bus;
    private final Clock clock;

    public HistoryRoutes(FarmBus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        router.get("/api/v1/history/load").handler(this::load);
        router.get("/api/v1/history/workers").handler(this::workers);
    }

    private record LoadView(Instant now, List<Sample> samples) {}

    private record WorkersView(Instant since, Instant now, Map<String, List<Span>> workers) {}

    private void load(RoutingContext context) {
        bus.ask(HistoryOrders.FARM_LOAD, new FarmLoad())
                .map(Load::samples)
                .onSuccess(samples -> Answers.json(context, 200, new LoadView(clock.instant(), samples)))
                .onFailure(context::fail);
    }

    private void workers(RoutingContext context) {
        long minutes = new QueryNumbers(context).number("minutes", DAY_MINUTES, 1, DAY_MINUTES);
        Instant now = clock.instant();
        Instant since = now.minus(Duration.ofMinutes(minutes));
        bus.ask(HistoryOrders.WORKER_DAYS, new WorkerDays(ids(context), since))
                .onSuccess(found -> Answers.json(context, 200, new WorkersView(since, now, byHex(found.spans()))))
                .onFailure(context::fail);
    }

    private static Map<String, List<Span>> byHex(Map<WorkerId, List<Span>> spans) {
        return spans.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().hex(), Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    private static List<WorkerId> ids(RoutingContext context) {
        List<String> ids = context.queryParam("ids").stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        if (ids.size() > MOST_WORKERS) {
            throw new HttpFailure(400, "At most " + MOST_WORKERS + " Workers can be asked for at once.");
        }
        ids.stream().filter(id -> !ObjectIds.isValid(id)).findFirst().ifPresent(wrong -> {
            throw new HttpFailure(400, "\"" + wrong + "\" is not the id of a Worker: it takes 24 hexadecimal digits.");
        });
        return ids.stream().map(WorkerId::new).toList();
    }
}

package io.flamenco.manager.http;

import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.CountTasks;
import io.flamenco.manager.scheduler.SchedulerOrders.Counts;
import io.flamenco.manager.store.FarmStore;
import io.flamenco.shared.bus.FarmBus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * {@code /health/live}: the process answers. {@code /health/ready}: the database answers and the queue is loaded; 503
 * otherwise. {@code /metrics}: numbers for Prometheus.
 */
public final class HealthRoutes implements RouteGroup {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final FarmBus bus;
    private final FarmStore store;
    private final ManagerMetrics metrics;

    public HealthRoutes(FarmBus bus, FarmStore store, ManagerMetrics metrics) {
        this.bus = bus;
        this.store = store;
        this.metrics = metrics;
    }

    @Override
    public void addTo(Router router) {
        router.get("/health/live").handler(context -> answer(context, 200, new JsonObject().put("status", "up")));
        router.get("/health/ready").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
    }

    private void ready(RoutingContext context) {
        Future<JsonObject> database = check("database", store.ping());
        Future<JsonObject> scheduler = check("scheduler", counts());
        Future.join(database, scheduler).onComplete(both -> {
            JsonArray checks = new JsonArray().add(database.result()).add(scheduler.result());
            boolean up = checks.stream().allMatch(check -> "up".equals(((JsonObject) check).getString("status")));
            answer(
                    context,
                    up ? 200 : 503,
                    new JsonObject().put("status", up ? "up" : "down").put("checks", checks));
        });
    }

    private static Future<JsonObject> check(String name, Future<?> check) {
        return check.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .transform(outcome -> Future.succeededFuture(
                        new JsonObject().put("id", name).put("status", outcome.succeeded() ? "up" : "down")));
    }

    private Future<Counts> counts() {
        return bus.ask(SchedulerOrders.COUNT_TASKS, new CountTasks(), PATIENCE);
    }

    private void metrics(RoutingContext context) {
        counts().onSuccess(metrics::counted)
                .onComplete(counted -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.scrape()));
    }

    private static void answer(RoutingContext context, int status, JsonObject document) {
        Answers.json(context, status, document.getMap());
    }
}

package io.flamenco.manager.http;

import io.flamenco.manager.scheduler.SchedulerOrders.Counts;
import io.flamenco.manager.scheduler.SchedulerOrders.Outbox;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** The Manager's numbers: of its queue, its calls and its Java machine. Safe to use from any thread. */
public final class ManagerMetrics implements RouteGroup {

    private static final Counts NOTHING_YET = new Counts(0, Map.of(), 0, Map.of(), 0, 0, new Outbox(0, 0));

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MultiGauge byStatus = MultiGauge.builder("flamenco.manager.tasks")
            .description("Tasks by status")
            .register(registry);
    private final Map<Call, Timer> timers = new ConcurrentHashMap<>();
    private volatile Counts counts = NOTHING_YET;

    private record Call(String method, String path, int status) {}

    /** Numbers of this process. */
    public ManagerMetrics() {
        gauge("ready", "Tasks that could be handed out now", Counts::ready);
        gauge("workers", "Registered workers", Counts::workers);
        gauge("waiting.workers", "Workers that wait for work with an open request", Counts::waitingWorkers);
        gauge(
                "outbox",
                "Updates that wait for the next push",
                now -> now.outbox().waiting());
        gauge(
                "outbox.quarantined",
                "Updates that the Server refused too often",
                now -> now.outbox().quarantined());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Measures each request; must be the first group of routes. */
    @Override
    public void addTo(Router router) {
        router.route().handler(context -> {
            long start = System.nanoTime();
            context.addEndHandler(end -> measure(context, System.nanoTime() - start));
            context.next();
        });
    }

    /** For numbers of other subsystems. */
    public MeterRegistry registry() {
        return registry;
    }

    void counted(Counts now) {
        counts = now;
        byStatus.register(
                now.byStatus().entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(Tags.of("status", entry.getKey()), entry.getValue()))
                        .toList(),
                true);
    }

    String scrape() {
        return registry.scrape();
    }

    private void measure(RoutingContext context, long nanos) {
        Route route = context.currentRoute();
        String path = route == null || route.getPath() == null ? "other" : route.getPath();
        Call call = new Call(
                context.request().method().name(), path, context.response().getStatusCode());
        timers.computeIfAbsent(call, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Call call) {
        return Timer.builder("flamenco.manager.http.requests")
                .description("Answered requests")
                .tags(List.of(
                        io.micrometer.core.instrument.Tag.of("method", call.method()),
                        io.micrometer.core.instrument.Tag.of("path", call.path()),
                        io.micrometer.core.instrument.Tag.of("status", String.valueOf(call.status()))))
                .register(registry);
    }

    private void gauge(String name, String description, ToIntFunction<Counts> number) {
        Gauge.builder("flamenco.manager." + name, () -> number.applyAsInt(counts))
                .description(description)
                .register(registry);
    }
}

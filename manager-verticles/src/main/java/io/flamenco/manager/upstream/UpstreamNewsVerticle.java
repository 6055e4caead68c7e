package io.flamenco.manager.upstream;

import io.flamenco.manager.upstream.UpstreamOrders.FetchTasks;
import io.flamenco.manager.upstream.UpstreamOrders.PushUpdates;
import io.flamenco.manager.upstream.UpstreamOrders.ReportWorkers;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.ManagerNews;
import io.flamenco.shared.wire.NewsKind;
import io.flamenco.shared.wire.ServerCapabilities;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits in a call to a Server of ours until something is new there, and then has it fetched: a job that was submitted
 * begins, and a task that was canceled stops, without waiting for the next round of calls. Those go on as they would, so
 * that a Manager whose waiting is in vain, behind a proxy that ends long calls for instance, only learns a little later.
 */
public final class UpstreamNewsVerticle extends VerticleBase {

    /** Many changes that come at once are fetched together. */
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

    /** Shorter than what {@link ServerClient} and usual proxies bear without a byte. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final FarmBus bus;
    private final Timers timers;
    private final ServerClient server;
    private final Capability news;
    private String mark = "";

    /**
     * @param server is closed with this verticle
     */
    public UpstreamNewsVerticle(FarmBus bus, Timers timers, Clock clock, ServerClient server) {
        this.bus = bus;
        this.timers = timers;
        this.server = server;
        this.news = new Capability(server, clock, ServerCapabilities.NEWS);
    }

    @Override
    public Future<?> start() {
        timers.every("wait for news of the Server", BETWEEN_CALLS, BETWEEN_CALLS, () -> news.use(this::hear));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    private Future<?> hear() {
        return server.news(mark, WAIT).onSuccess(this::onNews);
    }

    private void onNews(ManagerNews told) {
        mark = told.mark();
        told.news().stream().map(NewsKind::parse).flatMap(Optional::stream).forEach(this::fetch);
    }

    /** Whoever does not run, because the settings say so, is not missed. */
    private void fetch(NewsKind kind) {
        Future<Done> asked = switch (kind) {
            case TASKS -> bus.ask(UpstreamOrders.FETCH_TASKS, new FetchTasks());
            case REQUESTS -> bus.ask(UpstreamOrders.PUSH_UPDATES, new PushUpdates());
            case WORKERS -> bus.ask(UpstreamOrders.REPORT_WORKERS, new ReportWorkers());
        };
        asked.otherwiseEmpty();
    }
}

package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.shaman.ShamanMetrics;
import io.flamenco.manager.shaman.ShamanVerticle;
import io.flamenco.manager.shaman.blocking.Shaman;
import io.flamenco.manager.shaman.http.CheckoutRoutes;
import io.flamenco.manager.shaman.http.FileRoutes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What belongs to the open file store. */
record FileStoreParts(ManagerParts parts, Shaman shaman, ShamanMetrics metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(FileStoreParts.class);

    /** Opens the store unless it is switched off; blocks. */
    static Optional<FileStoreParts> open(ManagerParts parts) {
        ManagerConfig.Shaman config = parts.config().shaman();
        if (!config.enabled() || !parts.config().verticle("shaman").enabled()) {
            LOG.warn("The file store is switched off; jobs can only use files that all Workers see by themselves.");
            return Optional.empty();
        }
        Shaman shaman = Shaman.open(config, parts.clock());
        ShamanMetrics metrics = new ShamanMetrics(parts.metrics().registry(), shaman.live());
        return Optional.of(new FileStoreParts(parts, shaman, metrics));
    }

    ShamanVerticle verticle() {
        return new ShamanVerticle(
                shaman,
                metrics,
                parts.timers(),
                parts.clock(),
                parts.config().shaman().garbageCollectPeriod());
    }

    List<RouteGroup> routeGroups(Vertx instance, Handler<RoutingContext> gate) {
        return List.of(
                new FileRoutes(instance, shaman, parts.config().shaman().maxFileBytes(), gate, metrics),
                new CheckoutRoutes(instance, shaman, gate, metrics));
    }
}

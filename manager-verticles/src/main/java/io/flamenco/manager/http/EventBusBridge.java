package io.flamenco.manager.http;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.http.BusBridge;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.regex.Pattern;

/** Lets browsers and tools hear what the Manager tells. They can say nothing. */
public final class EventBusBridge implements RouteGroup {

    private static final List<String> HEARD = List.of(
            Addresses.MANAGER_WORKER_STATUS_CHANGED.address(),
            Addresses.MANAGER_TASK_STATUS_CHANGED.address(),
            Addresses.MANAGER_LATEST_IMAGE.address());

    private static final String LOG_OF_A_TASK =
            Pattern.quote(Addresses.MANAGER_TASK_LOG.address() + ".") + "[0-9a-f]{24}";

    private final BusBridge bridge;

    public EventBusBridge(Vertx vertx) {
        this.bridge = new BusBridge(vertx, HEARD, List.of(LOG_OF_A_TASK));
    }

    @Override
    public void addTo(Router router) {
        bridge.addTo(router);
    }
}

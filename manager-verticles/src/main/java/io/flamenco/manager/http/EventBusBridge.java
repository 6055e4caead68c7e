package io.flamenco.manager.http;

import io.flamenco.shared.bridge.BridgeTerms;
import io.flamenco.shared.bridge.SockJsBridge;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** Lets browsers and tools use the bus at {@code /eventbus}. It sees to credentials itself. */
public final class EventBusBridge implements RouteGroup {

    private final SockJsBridge bridge;

    public EventBusBridge(Vertx vertx, BridgeTerms terms) {
        this.bridge = new SockJsBridge(vertx, terms);
    }

    @Override
    public void addTo(Router router) {
        bridge.addTo(router);
    }
}

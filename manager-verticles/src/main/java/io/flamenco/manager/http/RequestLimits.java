package io.flamenco.manager.http;

import io.flamenco.shared.http.RequestRates;
import io.vertx.ext.web.Router;
import java.time.Clock;

/** Stands before all routes: who asks too fast has to wait. */
public final class RequestLimits implements RouteGroup {

    /** All Workers of a farm may share the address of a proxy. */
    private static final int WORKERS_PER_ADDRESS = 50;

    private final RequestRates rates;

    /** @param perSecond how many requests with one credential, 1 to 1,000,000; an address may send fifty times as many */
    public RequestLimits(Clock clock, int perSecond) {
        this.rates = new RequestRates(clock, perSecond, perSecond * WORKERS_PER_ADDRESS);
    }

    @Override
    public void addTo(Router router) {
        router.route().handler(rates);
    }
}

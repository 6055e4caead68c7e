package io.flamenco.shared.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Clock;
import java.time.Duration;

/**
 * Refuses requests that come too fast, per credential and per address, before anything is done for them. Each event loop
 * counts for itself, so a caller with connections to several of them may do that much more.
 */
public final class RequestRates implements PlatformHandler {

    private static final int BURST_SECONDS = 4;

    private final RateLimit credentials;
    private final RateLimit addresses;

    /**
     * @param perSecond how many requests with one credential, at least 1; four times as many may come at once
     * @param perSecondOfAddress how many from one address, which many callers may share; at once as above
     */
    public RequestRates(Clock clock, int perSecond, int perSecondOfAddress) {
        this.credentials = limit(clock, perSecond);
        this.addresses = limit(clock, perSecondOfAddress);
    }

    private static RateLimit limit(Clock clock, int perSecond) {
        return new RateLimit(
                clock, perSecond * BURST_SECONDS, Duration.ofSeconds(1).dividedBy(perSecond));
    }

    @Override
    public void handle(RoutingContext context) {
        String address = String.valueOf(context.request().remoteAddress().hostAddress());
        if (addresses.take(address).isPresent()
                || credentials.take(credential(context.request(), address)).isPresent()) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            context.fail(new HttpFailure(429, "Too many requests at once; go on in a second."));
        } else {
            context.next();
        }
    }

    /** Only its hash is kept in memory. */
    private static String credential(HttpServerRequest request, String address) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String proof = header == null ? request.getHeader(HttpHeaders.COOKIE) : header;
        return proof == null ? address : Integer.toHexString(proof.hashCode()) + " " + address;
    }
}

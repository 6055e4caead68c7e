package io.flamenco.server.http;

import io.flamenco.server.domain.Allowances;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Refuses requests that come too fast, per credential and per address, before anything is done for them. Each event loop
 * counts for itself, so a caller with connections to several of them may do that much more.
 */
final class RequestRates implements PlatformHandler {

    /** Many people may share the address of a proxy. */
    private static final int CREDENTIALS_PER_ADDRESS = 4;

    private static final int BURST_SECONDS = 4;

    private final Allowances credentials;
    private final Allowances addresses;
    private final Clock clock;

    /**
     * @param perSecond how many requests with one credential, at least 1; four times as many may come at once
     */
    RequestRates(int perSecond, Clock clock) {
        this.credentials = allowances(perSecond);
        this.addresses = allowances(perSecond * CREDENTIALS_PER_ADDRESS);
        this.clock = clock;
    }

    private static Allowances allowances(int perSecond) {
        return new Allowances(perSecond * BURST_SECONDS, Duration.ofSeconds(1).dividedBy(perSecond));
    }

    @Override
    public void handle(RoutingContext context) {
        Instant now = clock.instant();
        String address = context.request().remoteAddress().hostAddress();
        String credential = credential(context, address);
        boolean tooFast = addresses.waitOf(address, now).isPositive()
                || credentials.waitOf(credential, now).isPositive();
        if (tooFast) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            context.fail(new HttpFailure(429, "Too many requests at once; go on in a second."));
            return;
        }
        addresses.count(address, now);
        credentials.count(credential, now);
        context.next();
    }

    /** Only its hash is kept in memory. */
    private static String credential(RoutingContext context, String address) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        String proof = header == null ? SessionCookie.secret(context).orElse("") : header;
        return proof.isEmpty() ? address : Integer.toHexString(proof.hashCode()) + " " + address;
    }
}

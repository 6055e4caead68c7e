package io.flamenco.manager.upstream;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something beyond the protocol that only some Servers take. A Server is asked whether it does before anything is sent, again
 * after a while when it does not, and again after a shorter one when something failed. One event loop only.
 */
final class BeyondProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(BeyondProtocol.class);
    private static final Duration ASK_EVERY = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final String capability;
    private final ServerClient server;
    private final Clock clock;
    private boolean taken;
    private Instant notBefore = Instant.MIN;

    /**
     * @param capability a name of {@link io.flamenco.shared.wire.ServerCapabilities}
     */
    BeyondProtocol(String capability, ServerClient server, Clock clock) {
        this.capability = capability;
        this.server = server;
        this.clock = clock;
    }

    /** Sends when the Server is known to take it, or else asks whether it does, but not too often; never fails. */
    Future<?> sendOrAsk(Supplier<Future<?>> sending) {
        if (clock.instant().isBefore(notBefore)) {
            return Future.succeededFuture();
        }
        Future<?> done = taken ? sending.get() : server.takes(capability).onSuccess(this::onAnswer);
        return done.onFailure(this::onFailure).otherwiseEmpty();
    }

    private void onAnswer(boolean takes) {
        taken = takes;
        notBefore = takes ? Instant.MIN : clock.instant().plus(ASK_EVERY);
        LOG.debug("The Server was asked what it takes. capability={} takes={}", capability, takes);
    }

    private void onFailure(Throwable failure) {
        taken = false;
        notBefore = clock.instant().plus(AFTER_FAILURE);
        LOG.debug("The Server could not be reached. capability={} reason={}", capability, failure.getMessage());
    }
}

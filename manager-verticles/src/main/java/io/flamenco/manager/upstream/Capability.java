package io.flamenco.manager.upstream;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something beyond the Flamenco 2 protocol that only a Server of ours can do. The Server is asked whether it can before it is
 * called; one that cannot is asked again after a while, as it may be replaced. After a failure it is left alone for a moment.
 */
final class Capability {

    private static final Logger LOG = LoggerFactory.getLogger(Capability.class);
    private static final Duration ASK_EVERY = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** Answers that say that the Server does not know such calls any more. */
    private static final Set<Integer> NOT_KNOWN = Set.of(404, 405, 501);

    private final ServerClient server;
    private final Clock clock;
    private final String name;
    private boolean announced;
    private Instant notBefore = Instant.MIN;

    /**
     * @param name one of {@link io.flamenco.shared.wire.ServerCapabilities}
     */
    Capability(ServerClient server, Clock clock, String name) {
        this.server = server;
        this.clock = clock;
        this.name = name;
    }

    /**
     * Makes a call, if the Server is known to take it; asks whether it does, if that is not known.
     *
     * @return succeeds when that has ended, however it did
     */
    Future<?> use(Supplier<Future<?>> call) {
        if (clock.instant().isBefore(notBefore)) {
            return Future.succeededFuture();
        }
        Future<?> done = announced ? call.get() : server.takes(name).onSuccess(this::onAnswer);
        return done.onFailure(this::onFailure).otherwiseEmpty();
    }

    private void onAnswer(boolean takes) {
        announced = takes;
        notBefore = takes ? Instant.MIN : clock.instant().plus(ASK_EVERY);
        LOG.debug("The Server said whether it takes something beyond the protocol. what={} takes={}", name, takes);
    }

    private void onFailure(Throwable failure) {
        announced = announced && !(failure instanceof HttpFailure known && NOT_KNOWN.contains(known.status()));
        notBefore = clock.instant().plus(AFTER_FAILURE);
        LOG.debug("A call beyond the protocol failed. what={} reason={}", name, failure.getMessage());
    }
}

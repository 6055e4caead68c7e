package io.flamenco.shared.bridge;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * How a role tells who uses the bus: by the same credentials as over REST. It is asked again while a connection lasts, so it
 * must not remember an answer for longer than some seconds.
 */
public interface BridgeDoor {

    /**
     * Whose request it is that opens a connection.
     *
     * @return {@link BridgeGuest#STRANGER} for a request without credentials where everybody may read; empty for one whose
     *     credentials are missing or not good any more
     */
    Future<Optional<BridgeGuest>> opener(RoutingContext opening);

    /** Whose token it is that was sent in a message; empty when it is nobody's, or not any more. */
    Future<Optional<BridgeGuest>> holder(String token);
}

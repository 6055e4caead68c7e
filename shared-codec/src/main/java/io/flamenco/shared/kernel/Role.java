package io.flamenco.shared.kernel;

import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Optional;

/** A running Server, Manager or Worker. */
public interface Role {

    /** {@code server}, {@code manager} or {@code worker}. */
    String name();

    /** Where it can be reached; empty for a role that listens to nobody. */
    Optional<URI> url();

    /** By what it is recognised over HTTPS, when no authority vouches for it; empty otherwise. */
    default Optional<Fingerprint> pin() {
        return Optional.empty();
    }

    /** Succeeds when the role has ended by itself, with the exit code of the process; pending while it runs. */
    Future<Integer> ended();

    /** Stops it in good order: what is under way is finished or handed back, what must last is on disk. */
    Future<Void> stop();
}

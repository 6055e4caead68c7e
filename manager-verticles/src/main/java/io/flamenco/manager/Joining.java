package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.reach.OwnUrls;
import io.flamenco.shared.https.blocking.BlockingAddresses;
import io.flamenco.shared.https.blocking.Keepers;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.trust.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a Worker has to know to join a Manager.
 *
 * @param urls under which the Manager can be reached, best first; at least one
 * @param pin by what Workers recognise a Manager for which no authority vouches
 * @param secret what a new Worker proves to know; empty when anybody may join
 */
public record Joining(List<URI> urls, Optional<Fingerprint> pin, String secret) {

    /** Finds it out from the Manager's settings and data directory, whether it runs or not. Blocks. */
    public static Joining with(ManagerConfig config) {
        String secret = ManagerSecrets.prepare(config).workerRegistration();
        return new Joining(
                OwnUrls.of(config.listening(), config.listening().address().port(), BlockingAddresses.all()),
                pin(config),
                secret);
    }

    /** By what Workers recognise the Manager when no authority vouches for it; made at first start. Blocks. */
    static Optional<Fingerprint> pin(ManagerConfig config) {
        try {
            return Keepers.pin(config.listening(), config.dataDirectory());
        } catch (IOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Joining[urls=" + urls + "]";
    }
}

package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.reach.OwnUrls;
import io.flamenco.shared.https.blocking.BlockingAddresses;
import java.net.URI;
import java.util.List;

/**
 * What a Worker has to know to join a Manager.
 *
 * @param urls under which the Manager can be reached, best first; at least one
 * @param secret what a new Worker proves to know; empty when anybody may join
 */
public record Joining(List<URI> urls, String secret) {

    /** Finds it out from the Manager's settings and data directory, whether it runs or not. Blocks. */
    public static Joining with(ManagerConfig config) {
        return new Joining(
                OwnUrls.of(config.listening(), config.listening().address().port(), BlockingAddresses.all()),
                ManagerSecrets.prepare(config).workerRegistration());
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Joining[urls=" + urls + "]";
    }
}

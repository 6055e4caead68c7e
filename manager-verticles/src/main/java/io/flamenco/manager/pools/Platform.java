package io.flamenco.manager.pools;

import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.vertx.core.Future;
import java.util.List;

/** Where pools are. Used on one event loop. */
public interface Platform {

    /** What people and tools call it, such as {@code Azure}. */
    String name();

    /** Gets ready; its timers belong to the verticle that calls this. */
    Future<?> start();

    /** Its pools as they are now; one that cannot be looked at is left out. */
    Future<List<PoolStatus>> pools();

    /**
     * Begins to give a pool another size.
     *
     * @return fails with {@link io.flamenco.shared.http.HttpFailure} 409 when the platform does not want to
     */
    Future<?> resize(String pool, PoolSize size);

    /** Lets go of what would otherwise be left behind. */
    Future<?> stop();
}

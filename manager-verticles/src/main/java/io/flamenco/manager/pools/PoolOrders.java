package io.flamenco.manager.pools;

import io.flamenco.manager.pools.domain.PoolSize;
import io.flamenco.manager.pools.domain.PoolStatus;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import java.util.List;
import java.util.Map;

/** What can be asked of the one who looks after pools. */
public sealed interface PoolOrders {

    /** Which pools are there? Answered from what was last seen. */
    Command<WhichPools, Pools> WHICH_POOLS = new Command<>("manager.pools.which", WhichPools.class, Pools.class);

    /** Give a pool another size. */
    Command<Resize, Done> RESIZE = new Command<>("manager.pools.resize", Resize.class, Done.class);

    /** Asks which pools there are. */
    record WhichPools() implements PoolOrders {}

    /** Asks for another size. */
    record Resize(String platform, String pool, PoolSize size) implements PoolOrders {}

    /**
     * Pools by their platform.
     *
     * @param refreshing whether they are being looked at right now
     */
    record Pools(boolean refreshing, Map<String, List<PoolStatus>> byPlatform) {}
}

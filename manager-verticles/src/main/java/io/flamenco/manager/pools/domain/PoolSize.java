package io.flamenco.manager.pools.domain;

/**
 * How many machines a pool has or shall have.
 *
 * @param dedicatedNodes those that stay; 0 to 10000
 * @param lowPriorityNodes those that the platform may take away; 0 to 10000
 */
public record PoolSize(int dedicatedNodes, int lowPriorityNodes) {

    private static final int MOST = 10_000;

    public PoolSize {
        if (dedicatedNodes < 0 || lowPriorityNodes < 0 || dedicatedNodes > MOST || lowPriorityNodes > MOST) {
            throw new IllegalArgumentException("a pool has 0 to " + MOST + " nodes of each kind");
        }
    }
}

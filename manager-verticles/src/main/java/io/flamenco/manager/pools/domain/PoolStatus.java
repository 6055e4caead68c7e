package io.flamenco.manager.pools.domain;

import org.jspecify.annotations.Nullable;

/**
 * A pool as its platform describes it (Flamenco 2 protocol).
 *
 * @param state {@code active} or {@code deleting}
 * @param allocationState {@code steady}, {@code resizing} or {@code stopping}
 * @param resizeError why it does not get its size; absent when all is well
 * @param vmSize kind of machine, where that is known
 */
public record PoolStatus(
        String id,
        String state,
        String allocationState,
        @Nullable String resizeError,
        PoolSize currentSize,
        PoolSize desiredSize,
        @Nullable String vmSize) {

    /** Works. */
    public static final String ACTIVE = "active";

    /** Has the size that it shall have. */
    public static final String STEADY = "steady";

    /** Is on its way to another size. */
    public static final String RESIZING = "resizing";
}

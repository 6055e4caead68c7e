/**
 * Pools of Workers that grow and shrink, on this machine or in a cloud.
 *
 * <p>A {@link io.flamenco.manager.pools.Platform} knows its pools and can resize them; which ones there are is a matter of
 * settings. {@link io.flamenco.manager.pools.PoolsVerticle} looks at them, more often while somebody watches, and answers {@link
 * io.flamenco.manager.pools.PoolOrders}. Nothing is stored: the platforms know best.
 */
@NullMarked
package io.flamenco.manager.pools;

import org.jspecify.annotations.NullMarked;

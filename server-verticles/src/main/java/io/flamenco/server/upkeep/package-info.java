/**
 * What the Server does by itself from time to time.
 *
 * <p>{@link io.flamenco.server.upkeep.UpkeepVerticle} fails active jobs of which tasks can never run, because one that they
 * wait for failed or was canceled, and removes jobs whose files never came. It owns nothing: each finding becomes an order
 * to the keeper of jobs, who checks again.
 */
@NullMarked
package io.flamenco.server.upkeep;

import org.jspecify.annotations.NullMarked;

/**
 * What the Server does by itself from time to time.
 *
 * <p>{@link io.flamenco.server.upkeep.UpkeepVerticle} fails active jobs of which tasks can never run, removes jobs whose files
 * never came, and moves old jobs to the archive and out of it, as far as its {@link io.flamenco.server.upkeep.Retention}
 * says so. It owns nothing: each finding becomes an order to the owner of jobs or to the archive, who check again.
 */
@NullMarked
package io.flamenco.server.upkeep;

import org.jspecify.annotations.NullMarked;

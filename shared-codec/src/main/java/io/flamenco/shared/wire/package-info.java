/**
 * The JSON documents that Server, Manager and Worker exchange over HTTP in the Flamenco 2 protocol, one record each.
 *
 * <p>{@link io.flamenco.shared.wire.WireJson} reads and writes them. Reading is lenient where the protocol is: unknown
 * keys are ignored, keys match whatever their case, {@code null} means absent, an id may be {@code ""}, {@code null} or
 * {@code {"$oid": …}}. Writing leaves out what the protocol leaves out. A number keeps being an integer or a fraction,
 * since Workers check some settings for being whole.
 */
@NullMarked
package io.flamenco.shared.wire;

import org.jspecify.annotations.NullMarked;

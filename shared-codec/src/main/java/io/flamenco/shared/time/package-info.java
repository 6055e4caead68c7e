/**
 * Periodic work. Verticles take {@link io.flamenco.shared.time.Timers} instead of Vert.x timers, so that a test can
 * tick time by hand. Work that fails is logged and comes round again; it never overlaps itself.
 */
@NullMarked
package io.flamenco.shared.time;

import org.jspecify.annotations.NullMarked;

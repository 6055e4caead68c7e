/**
 * Sends Workers to sleep and wakes them by their schedules.
 *
 * <p>Owns nothing: every minute it orders the scheduler, which owns the Workers, to apply the schedules whose time has
 * come. What a schedule says is decided by {@link io.flamenco.manager.domain.SleepSchedule}.
 */
@NullMarked
package io.flamenco.manager.sleep;

import org.jspecify.annotations.NullMarked;

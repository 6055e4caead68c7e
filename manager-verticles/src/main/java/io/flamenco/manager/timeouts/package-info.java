/**
 * Finds tasks and Workers that were not heard of for too long.
 *
 * <p>Owns nothing: every minute it orders the scheduler to time out whoever was last heard of before a moment. The first
 * round comes only after the start-up delay, so that Workers can report after the Manager was away.
 */
@NullMarked
package io.flamenco.manager.timeouts;

import org.jspecify.annotations.NullMarked;

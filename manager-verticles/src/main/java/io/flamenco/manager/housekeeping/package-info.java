/**
 * Forgets tasks that ended long ago and, if configured, Workers that were not seen for long; removes logs of tasks by age and
 * by total size.
 *
 * <p>Owns nothing: it gives the orders, the scheduler decides what may go. A task goes only when it is over, the Server
 * has been told, and no task that is not over depends on it. A log goes only when its task is over or forgotten.
 */
@NullMarked
package io.flamenco.manager.housekeeping;

import org.jspecify.annotations.NullMarked;

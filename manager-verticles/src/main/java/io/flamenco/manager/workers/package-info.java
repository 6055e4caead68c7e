/**
 * What can be asked of the Manager about its Workers: signing on and off, statuses and requests for them, sleep
 * schedules, the blocklist, and the list for people. The scheduler answers, since it owns the Workers too.
 */
@NullMarked
package io.flamenco.manager.workers;

import org.jspecify.annotations.NullMarked;

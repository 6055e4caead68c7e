/**
 * The decisions of the Manager, without Vert.x, I/O or a clock.
 *
 * <p>The life of a task and of a Worker as state machines; when a failure is for good; when a Worker sleeps; which lines
 * of a log the Server gets. Whoever needs the time passes it in.
 */
@NullMarked
package io.flamenco.manager.domain;

import org.jspecify.annotations.NullMarked;

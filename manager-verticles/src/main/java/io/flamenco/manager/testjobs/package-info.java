/**
 * Test jobs: a small Blender task that a Manager makes itself for one Worker in test mode, to see whether that Worker can
 * render and reach the shared storage.
 *
 * <p>Decides what the task looks like and prepares its directories and its scene. The scheduler queues it, hands it to that
 * Worker only, and never tells the Server of it.
 */
@NullMarked
package io.flamenco.manager.testjobs;

import org.jspecify.annotations.NullMarked;

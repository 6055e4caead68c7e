/**
 * The Server's documents: jobs, tasks, Managers and the farm's own project and user.
 *
 * <p>The only place that knows the names of fields and collections. A task's document leaves out what is the same for all
 * tasks of its job; readers put both together. The moment at which a job was last released to its Manager, or changed
 * priority, counts as a change of each of its tasks, so that neither has to touch them. Free-form parts (settings,
 * commands, timing) are kept as JSON text: nothing a client writes there can be taken for an operator or a type.
 */
@NullMarked
package io.flamenco.server.store;

import org.jspecify.annotations.NullMarked;

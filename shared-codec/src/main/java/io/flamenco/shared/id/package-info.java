/**
 * Identifiers of the farm: 24 lower-case hexadecimal digits, as MongoDB's ObjectIds are written.
 *
 * <p>Each kind has a record of its own, so that a job's id cannot be handed in where a task's is wanted. {@link
 * io.flamenco.shared.id.ObjectIds} makes new ones, which sort by the moment of their creation.
 */
@NullMarked
package io.flamenco.shared.id;

import org.jspecify.annotations.NullMarked;

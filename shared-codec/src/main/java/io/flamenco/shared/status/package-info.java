/**
 * The statuses of tasks, jobs and Workers as they stand on the wire and in the database.
 *
 * <p>These are names only; which moves are legal is decided by the status machine of the role that owns the state.
 */
@NullMarked
package io.flamenco.shared.status;

import org.jspecify.annotations.NullMarked;

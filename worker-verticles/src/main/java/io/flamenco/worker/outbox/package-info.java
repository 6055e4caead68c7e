/**
 * What the Manager must hear of tasks, kept in a file until it has.
 *
 * <p>Decides in which order and when updates are sent: in order per task, again with growing pauses while they are refused
 * or nobody answers. Hears that the file grew, and the order to send all it can now. Tells the session when the
 * Manager does not know this Worker any more. Stores the updates in SQLite; whoever adds one knows it durable when
 * {@link io.flamenco.worker.outbox.OutboxFile#add} returns. The Manager's 404 and 409 mean that it will never take
 * an update: such a one is dropped with a line in the log, everything else is kept.
 */
@NullMarked
package io.flamenco.worker.outbox;

import org.jspecify.annotations.NullMarked;

/**
 * Where the Worker may block: the threads that run commands, and what those threads call. Everything here and in the
 * packages below runs on virtual threads or on Vert.x worker threads, never on an event loop.
 *
 * <p>A task is carried out from its first to its last command on one virtual thread. Its report goes to the outbox file as
 * it grows; when the command produces faster than the disk takes, the command waits. Stopping a task interrupts its
 * thread.
 */
@NullMarked
package io.flamenco.worker.blocking;

import org.jspecify.annotations.NullMarked;

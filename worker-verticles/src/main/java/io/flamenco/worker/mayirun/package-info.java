/**
 * Whether the running task may go on.
 *
 * <p>Hears which task runs, asks the Manager about it every few seconds, and orders the task loop to stop it and the
 * session to take another status when the Manager says so. No answer, or one that cannot be understood, means that
 * the task goes on.
 */
@NullMarked
package io.flamenco.worker.mayirun;

import org.jspecify.annotations.NullMarked;

/**
 * The task loop: asks for a task, has it carried out, asks for the next.
 *
 * <p>Decides when to ask and when to stop what runs. Hears the state of the Worker and orders to stop a task. Tells that a
 * task has begun and ended, and asks the session for another status when the Manager wants one, when the check before a
 * task fails, or when the one task of single mode is done. Stores nothing; reports go to the outbox file.
 */
@NullMarked
package io.flamenco.worker.task;

import org.jspecify.annotations.NullMarked;

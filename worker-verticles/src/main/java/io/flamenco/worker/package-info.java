/**
 * The Worker role: takes tasks from a Manager, runs their commands and reports what came of them.
 *
 * <p>{@link io.flamenco.worker.WorkerRole} is the composition root. It deploys the verticles of the session, the update
 * outbox, may-I-run and the task loop, which meet on the event bus and in the outbox file. Several Workers can live in one process; each has a data
 * directory, an identity and addresses of its own. {@link io.flamenco.worker.WorkerConfig} checks what people
 * configured.
 */
@NullMarked
package io.flamenco.worker;

import org.jspecify.annotations.NullMarked;

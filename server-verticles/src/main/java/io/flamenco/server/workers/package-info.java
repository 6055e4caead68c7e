/**
 * The Workers of all Managers, as far as their Managers tell.
 *
 * <p>{@link io.flamenco.server.workers.FarmWorkersVerticle} takes the Managers' reports, says what changed on {@code
 * server.worker.status-changed}, and keeps what people want of Workers until the Manager fetches it with its next report:
 * the Server never calls. An order that nobody fetches within an hour is not wanted any more. It hears {@link
 * io.flamenco.server.workers.CrewOrder}s and stores reports and orders.
 */
@NullMarked
package io.flamenco.server.workers;

import org.jspecify.annotations.NullMarked;

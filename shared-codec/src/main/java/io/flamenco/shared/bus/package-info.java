/**
 * How verticles talk: the one way onto the event bus.
 *
 * <p>A {@link io.flamenco.shared.bus.Topic} carries facts, in the past tense, to whoever listens; an {@link
 * io.flamenco.shared.bus.Command} carries an order or question to the one verticle that answers it. All addresses stand
 * in {@link io.flamenco.shared.bus.Addresses}. Internal messages are immutable records, handed over by reference within
 * a process and as JSON between processes. Bridged messages are what browsers and tools see; they always travel as
 * JSON. A message may be lost with the process that sent it, therefore what must not be lost is in the database first.
 */
@NullMarked
package io.flamenco.shared.bus;

import org.jspecify.annotations.NullMarked;

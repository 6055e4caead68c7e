/**
 * Where the verticles of one Worker meet on the event bus, and the messages that they exchange. Several Workers can live in
 * one process, so every address carries the name of its Worker.
 */
@NullMarked
package io.flamenco.worker.bus;

import org.jspecify.annotations.NullMarked;

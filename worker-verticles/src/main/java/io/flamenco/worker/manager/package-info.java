/**
 * The Manager, as a Worker talks to it over HTTP: which calls there are, with which credentials and time limits.
 *
 * <p>Follows the Flamenco 2 protocol. Nothing is decided here of what an answer means.
 */
@NullMarked
package io.flamenco.worker.manager;

import org.jspecify.annotations.NullMarked;

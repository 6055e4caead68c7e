/**
 * The Server: keeps jobs and their tasks, compiles the former to the latter, hands tasks to Managers and shows people
 * how far they are.
 *
 * <p>{@link io.flamenco.server.ServerRole} is the composition root: it opens the database, makes what must exist before
 * anybody calls, and deploys the verticles that {@link io.flamenco.server.ServerConfig} names, in order. Nothing outside
 * this package puts parts together.
 */
@NullMarked
package io.flamenco.server;

import org.jspecify.annotations.NullMarked;

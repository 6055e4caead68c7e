/**
 * Jobs as people see them from outside: submitted to a Server, and followed until they end.
 *
 * <p>It speaks the Server's REST interface with the token that the Server made at its first start, and stores nothing.
 */
@NullMarked
package io.flamenco.cli.jobs;

import org.jspecify.annotations.NullMarked;

/**
 * A process of ours from its first to its last moment: data directory, settings, start of the roles, end by itself or by
 * a signal, exit code.
 *
 * <p>It decides how a process ends and keeps two processes out of one data directory. It stores nothing but the lock
 * file of a directory. The main thread waits here; event loops never do.
 */
@NullMarked
package io.flamenco.cli.process;

import org.jspecify.annotations.NullMarked;

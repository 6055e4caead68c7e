/**
 * Subprocesses: started in a group of their own, read line by line, stopped as a whole tree, and remembered on disk so
 * that a Worker that crashed can stop what it left behind.
 */
@NullMarked
package io.flamenco.worker.blocking.process;

import org.jspecify.annotations.NullMarked;

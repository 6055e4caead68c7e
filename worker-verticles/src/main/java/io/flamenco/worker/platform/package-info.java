/**
 * Facts about the machine that a Worker runs on: its operating system, name and time zone. They are read once at the edge
 * and handed down as values, so that a test on one system can walk the paths of another.
 */
@NullMarked
package io.flamenco.worker.platform;

import org.jspecify.annotations.NullMarked;

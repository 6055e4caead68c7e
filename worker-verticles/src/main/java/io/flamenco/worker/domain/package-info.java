/**
 * The Worker's decisions, as pure functions over values: no Vert.x, no files, no clock. How a command line is split and
 * quoted, what follows from a status that is requested, how long to wait before trying again, what Blender's output
 * tells.
 */
@NullMarked
package io.flamenco.worker.domain;

import org.jspecify.annotations.NullMarked;

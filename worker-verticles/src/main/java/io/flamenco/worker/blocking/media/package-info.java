/**
 * The commands that run Blender and FFmpeg: how their command lines are put together and what their output tells. Settings,
 * command lines and results follow the Flamenco 2 Worker; the classes say where they differ.
 */
@NullMarked
package io.flamenco.worker.blocking.media;

import org.jspecify.annotations.NullMarked;

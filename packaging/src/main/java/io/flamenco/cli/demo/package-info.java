/**
 * The demonstration: a farm on this machine that makes some pictures.
 *
 * <p>It decides which job shows the farm best with what is installed: a Blender render when there is Blender, drawn test
 * pictures otherwise. A job of an earlier run that has not ended is taken up again instead of submitting another.
 */
@NullMarked
package io.flamenco.cli.demo;

import org.jspecify.annotations.NullMarked;

/**
 * The way in: compiled for Java 8, it says which Java is needed when this one is too old, and hands over to the command
 * line otherwise. It knows no other class of this project.
 */
@NullMarked
package io.flamenco.launch;

import org.jspecify.annotations.NullMarked;

/**
 * What is made of the jar for people who install it: archives, packages for Debian, a Java runtime, container images.
 *
 * <p>{@link io.flamenco.dist.ShippedSoftware} writes the list of everything that goes along, with its licences, during
 * {@code mvn -P dist package}, and breaks the build over a licence that nobody allowed. The tests named {@code IT} take the
 * packages as a stranger would, in an empty place; they run in {@code mvn -P dist verify} only.
 */
@NullMarked
package io.flamenco.dist;

import org.jspecify.annotations.NullMarked;

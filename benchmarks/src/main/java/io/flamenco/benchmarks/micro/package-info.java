/**
 * JMH benchmarks of what a Manager does for each call: reading and writing wire documents, and asking another verticle.
 *
 * <p>They explain the figures of the load generator, they do not replace them. Run with {@code benchmarks/run jmh}.
 */
@NullMarked
package io.flamenco.benchmarks.micro;

import org.jspecify.annotations.NullMarked;

/**
 * Simulated Workers and what is counted of them.
 *
 * <p>A {@link io.flamenco.benchmarks.load.Crew} registers Workers as the Flamenco 2 protocol wants it, a
 * {@link io.flamenco.benchmarks.load.Load} lets each of them repeat the same turn as fast as it is answered (a closed
 * loop), and a {@link io.flamenco.benchmarks.load.Tally} keeps the latency of each answer and counts the refusals.
 */
@NullMarked
package io.flamenco.benchmarks.load;

import org.jspecify.annotations.NullMarked;

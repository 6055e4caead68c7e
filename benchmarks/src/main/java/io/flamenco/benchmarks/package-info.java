/**
 * The farm load generator: one program, one subcommand per row of {@code docs/performance.md}.
 *
 * <p>Each row opens a {@link io.flamenco.benchmarks.Farm} (fake Server, Manager process, registered Workers), lets it warm
 * up, measures several times and prints rate, latencies, processor time per call of each process, and memory. What is
 * compared is measured in the same run, in turns, since machines have moods.
 */
@NullMarked
package io.flamenco.benchmarks;

import org.jspecify.annotations.NullMarked;

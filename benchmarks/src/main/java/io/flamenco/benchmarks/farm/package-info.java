/**
 * What stands around the simulated Workers: the Manager as a process of its own, a fake Server, and the figures that the
 * operating system keeps of processes.
 *
 * <p>{@link io.flamenco.benchmarks.farm.FakeServer} gives tasks, takes updates, confirms that tasks are unchanged, and can
 * be made slow or hung. {@link io.flamenco.benchmarks.farm.StartedManager} runs the real jar with a configuration made
 * for it. {@link io.flamenco.benchmarks.farm.ProcessFigures} reads {@code /proc}, so measuring needs Linux.
 */
@NullMarked
package io.flamenco.benchmarks.farm;

import org.jspecify.annotations.NullMarked;

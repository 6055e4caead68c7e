/**
 * The doors for plug-ins, which our own commands and compilers use too.
 *
 * <p>A jar that names an implementation of {@link io.flamenco.shared.plugin.WorkerCommandProvider} or {@link
 * io.flamenco.shared.plugin.JobCompilerProvider} for {@link java.util.ServiceLoader} brings Worker commands or job
 * types.
 */
@NullMarked
package io.flamenco.shared.plugin;

import org.jspecify.annotations.NullMarked;

/**
 * Job compilers: from the settings of a job to its tasks.
 *
 * <p>Each job type is one class, a pure function that neither reads a clock nor touches a file; {@link
 * io.flamenco.server.compile.OwnCompilers} brings ours through the same door as plug-ins. {@link
 * io.flamenco.server.compile.JobTypes} finds them all, checks settings against their descriptions and runs them.
 *
 * <p>To add a job type: write a class beside the others, name it in {@code OwnCompilers}, and put a golden task tree under
 * {@code src/test/resources/golden}.
 */
@NullMarked
package io.flamenco.server.compile;

import org.jspecify.annotations.NullMarked;

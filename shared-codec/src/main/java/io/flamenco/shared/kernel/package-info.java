/**
 * The small kernel of each role: deploys the role's verticles in order, takes them down in reverse.
 *
 * <p>It knows nothing of what the verticles do. A verticle that cannot start stops the role with one sentence.
 */
@NullMarked
package io.flamenco.shared.kernel;

import org.jspecify.annotations.NullMarked;

/** Secrets: made by a cryptographic generator, kept in files that only their owner may read, never logged. */
@NullMarked
package io.flamenco.shared.secret;

import org.jspecify.annotations.NullMarked;

/** Bodies of responses that are made by threads which may wait. */
@NullMarked
package io.flamenco.shared.http.blocking;

import org.jspecify.annotations.NullMarked;

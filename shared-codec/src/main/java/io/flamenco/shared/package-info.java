/** What two processes or two verticles of the farm must agree on. */
@NullMarked
package io.flamenco.shared;

import org.jspecify.annotations.NullMarked;

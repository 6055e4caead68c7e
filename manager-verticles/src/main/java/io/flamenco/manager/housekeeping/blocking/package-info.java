/** The files that are kept in order. */
@NullMarked
package io.flamenco.manager.housekeeping.blocking;

import org.jspecify.annotations.NullMarked;

/** The files themselves. All of it blocks, and runs on virtual threads. */
@NullMarked
package io.flamenco.manager.shaman.blocking;

import org.jspecify.annotations.NullMarked;

/** The processes of Workers on this machine. Blocks. */
@NullMarked
package io.flamenco.manager.pools.blocking;

import org.jspecify.annotations.NullMarked;

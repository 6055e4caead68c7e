/** The settings file, and the checks of what a Manager finds on its machine. */
@NullMarked
package io.flamenco.manager.setup.blocking;

import org.jspecify.annotations.NullMarked;

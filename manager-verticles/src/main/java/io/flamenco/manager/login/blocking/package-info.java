/** The files of the keys that are trusted. */
@NullMarked
package io.flamenco.manager.login.blocking;

import org.jspecify.annotations.NullMarked;

/** The calls of uploaders, as the Flamenco 2 protocol has them. */
@NullMarked
package io.flamenco.manager.shaman.http;

import org.jspecify.annotations.NullMarked;

/** The set-up's pages and calls. */
@NullMarked
package io.flamenco.manager.setup.http;

import org.jspecify.annotations.NullMarked;

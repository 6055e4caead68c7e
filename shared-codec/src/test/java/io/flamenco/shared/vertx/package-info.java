/** What the tests of every module watch Vert.x for. */
@NullMarked
package io.flamenco.shared.vertx;

import org.jspecify.annotations.NullMarked;

/** What pools are, and when they are looked at and resized. Pure. */
@NullMarked
package io.flamenco.manager.pools.domain;

import org.jspecify.annotations.NullMarked;

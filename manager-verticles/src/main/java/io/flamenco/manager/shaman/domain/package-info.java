/** What may be stored and checked out, and under which names. Pure. */
@NullMarked
package io.flamenco.manager.shaman.domain;

import org.jspecify.annotations.NullMarked;

/**
 * What the people of a farm may do, the same on the Server, which knows them, and on the Managers, which believe its tokens.
 *
 * <p>{@link io.flamenco.shared.people.FarmRole} is the one scale; what takes which role is decided where it is done.
 */
@NullMarked
package io.flamenco.shared.people;

import org.jspecify.annotations.NullMarked;

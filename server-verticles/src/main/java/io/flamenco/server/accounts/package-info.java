/**
 * The people of the farm: who may log in, with which password, as what.
 *
 * <p>{@link io.flamenco.server.accounts.AccountsVerticle} decides one order after the other, so that no two users get the
 * same name and an admin is always left. It hashes passwords with bcrypt off the event loop, slows down whoever guesses, and
 * forgets what has expired. It hears {@link io.flamenco.server.accounts.AccountOrder}s and stores users, sessions and
 * tokens. At the first start it makes an admin. Who may do what stands in {@link io.flamenco.server.domain.Action}.
 */
@NullMarked
package io.flamenco.server.accounts;

import org.jspecify.annotations.NullMarked;

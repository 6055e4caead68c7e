/**
 * Tokens that Managers accept from people: signed by the Server with ES256, checked by Managers with its public key.
 *
 * <p>{@link io.flamenco.server.token.JwtKeys} keeps the one key of this Server in its data directory, for the owner only, and
 * blocks while it reads or makes it; everything else is arithmetic.
 */
@NullMarked
package io.flamenco.server.token;

import org.jspecify.annotations.NullMarked;

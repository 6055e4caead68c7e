package io.flamenco.manager.http;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Passwords of Workers as the original stores them: bcrypt of the least cost, of at most 72 bytes. All methods block for
 * about a millisecond; call them off the event loops.
 */
final class Passwords {

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
    private static final int COST = 4;

    private final String nobodysHash = hash("a secret that nobody has: " + new SecureRandom().nextLong());

    /** The bcrypt hash of the secret. */
    String hash(String secret) {
        byte[] hash = BCrypt.with(VERSION, new SecureRandom(), LongPasswordStrategies.truncate(VERSION))
                .hash(COST, secret.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.UTF_8);
    }

    /** Whether the secret belongs to the hash. */
    boolean matches(String secret, String hash) {
        return BCrypt.verifyer(VERSION, LongPasswordStrategies.truncate(VERSION))
                .verify(secret.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8))
                .verified;
    }

    /** Whether the secret belongs to a Worker that does not exist: never, after as long as {@link #matches} takes. */
    boolean matchesNobody(String secret) {
        boolean guessed = matches(secret, nobodysHash);
        return guessed && nobodysHash.isEmpty();
    }
}

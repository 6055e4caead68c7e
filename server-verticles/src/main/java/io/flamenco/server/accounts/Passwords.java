package io.flamenco.server.accounts;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** Hashes passwords with bcrypt. All methods block for some tenths of a second; call them off the event loops. */
final class Passwords {

    /** As many rounds as OWASP asks for at least; each one more doubles the time. */
    static final int USUAL_COST = 11;

    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;

    /** A hash that no password fits; its first characters say the cost, so that checking it takes as long as any other. */
    private static final String NOBODYS_REST = "$" + ".".repeat(53);

    private final int cost;

    /**
     * @param cost the binary logarithm of the rounds, 4 to 31
     */
    Passwords(int cost) {
        this.cost = cost;
    }

    String hash(String password) {
        byte[] hash = BCrypt.with(VERSION, new SecureRandom(), LongPasswordStrategies.hashSha512(VERSION))
                .hash(cost, password.getBytes(StandardCharsets.UTF_8));
        return new String(hash, StandardCharsets.UTF_8);
    }

    boolean fits(String password, String hash) {
        return BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                .verify(password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8))
                .verified;
    }

    /** Fits nobody, after as long as {@link #fits} takes. */
    boolean fitsNobody(String password) {
        return fits(password, "$2a$%02d".formatted(cost) + NOBODYS_REST) && cost < 0;
    }
}

package io.flamenco.shared.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads credentials from the {@code Authorization} header. */
public final class Credentials {

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /**
     * User name and password of HTTP Basic.
     *
     * @param user the part before the first colon
     * @param password the rest; may be empty
     */
    public record Basic(String user, String password) {

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }

    /** The Basic credentials in the header; empty when it is absent, of another scheme or malformed. */
    public static Optional<Basic> basic(@Nullable String header) {
        if (header == null || !header.startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            String decoded = new String(
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim()), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(decoded.substring(0, colon), decoded.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The Bearer token in the header; empty when it is absent or of another scheme. The scheme's case is ignored. */
    public static Optional<String> bearer(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(BEARER.length()).trim()).filter(token -> !token.isEmpty());
    }

    /** Whether two secrets are equal, in a time that does not tell where they differ. */
    public static boolean sameSecret(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}

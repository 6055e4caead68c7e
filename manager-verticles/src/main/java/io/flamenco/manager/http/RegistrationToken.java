package io.flamenco.manager.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The token with which a new Worker proves that it knows the registration secret: a JSON web token signed by HMAC.
 *
 * <p>Times are whole seconds without leeway, and may be written as fractions, as the Flamenco 2 Worker does; one that is
 * absent or 0 does not limit.
 */
final class RegistrationToken {

    private static final Map<String, String> ALGORITHMS =
            Map.of("HS256", "HmacSHA256", "HS384", "HmacSHA384", "HS512", "HmacSHA512");

    private final byte[] secret;

    RegistrationToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the token was signed with the secret and holds at that moment. */
    boolean isValid(String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            JsonObject head = json(parts[0]);
            String algorithm = head.getValue("alg") instanceof String name ? ALGORITHMS.get(name) : null;
            return algorithm != null && signed(algorithm, parts) && holds(json(parts[1]), now.getEpochSecond());
        } catch (DecodeException | IllegalArgumentException | GeneralSecurityException e) {
            return false;
        }
    }

    private boolean signed(String algorithm, String[] parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        byte[] expected = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]));
    }

    private static boolean holds(JsonObject claims, long now) {
        long expires = seconds(claims, "exp");
        long issued = seconds(claims, "iat");
        long notBefore = seconds(claims, "nbf");
        return (expires == 0 || now <= expires) && now >= issued && now >= notBefore;
    }

    private static long seconds(JsonObject claims, String claim) {
        Object value = claims.getValue(claim);
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(claim + " is no number");
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}

package io.flamenco.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The HS256 token with which a Worker shows that it knows the Manager's registration secret. */
public final class JoinToken {

    private static final Duration VALID = Duration.ofMinutes(15);

    private JoinToken() {}

    /** A token that is valid for 15 minutes, as an original Worker makes it. */
    public static String of(String secret, Instant now) {
        String claims = "{\"iat\":" + now.getEpochSecond() + ",\"exp\":"
                + now.plus(VALID).getEpochSecond() + "}";
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(signature(secret, signed));
    }

    private static byte[] signature(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot sign with HmacSHA256.", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

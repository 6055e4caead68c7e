package io.flamenco.worker.manager;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The proof that a new Worker knows the secret that its Manager demands of new Workers: a JWT signed with HS256. */
public final class RegistrationToken {

    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final String HMAC = "HmacSHA256";

    private RegistrationToken() {}

    /** A token that is valid for 15 minutes from {@code now}; its times are fractions of seconds, as the original's. */
    public static String sign(String secret, Instant now) {
        JsonObject claims = new JsonObject().put("exp", seconds(now.plus(LIFE))).put("iat", seconds(now));
        String signed = part(new JsonObject().put("alg", "HS256").put("typ", "JWT")) + "." + part(claims);
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(secret, signed));
    }

    private static double seconds(Instant moment) {
        return moment.toEpochMilli() / 1000.0;
    }

    private static String part(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toBuffer().getBytes());
    }

    private static byte[] hmac(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}

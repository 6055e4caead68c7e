package io.flamenco.manager.login;

import io.flamenco.shared.id.ManagerId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to the Server for half a minute that a page is one of this Manager (Flamenco 2 protocol).
 *
 * @param expires in whole seconds of UTC, such as {@code 2019-06-01T12:00:30Z}
 * @param hmac HMAC-SHA256 as hexadecimal digits
 */
public record LinkProof(String expires, String hmac) {

    private static final Duration HOLDS = Duration.ofSeconds(30);

    /** The proof that holds from that moment on. */
    public static LinkProof at(Instant now, ManagerId manager, String secret) {
        String expires = now.plus(HOLDS).truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] proof = mac.doFinal((expires + "-" + manager).getBytes(StandardCharsets.US_ASCII));
            return new LinkProof(expires, HexFormat.of().formatHex(proof));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}

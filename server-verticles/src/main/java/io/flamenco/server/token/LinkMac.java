package io.flamenco.server.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves, with a secret that both sides know, that a message was not made up on the way (HMAC-SHA256). */
public final class LinkMac {

    private static final String ALGORITHM = "HmacSHA256";

    private LinkMac() {}

    /** The proof for a message, as lower-case hexadecimal digits. */
    public static String of(byte[] secret, String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /** Whether the proof fits; takes the same time whatever is wrong with it. */
    public static boolean fits(byte[] secret, String message, String proof) {
        return MessageDigest.isEqual(
                of(secret, message).getBytes(StandardCharsets.UTF_8),
                proof.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
}

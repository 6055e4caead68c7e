package io.flamenco.manager.setup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that Manager and Server share while they are being linked: 32 random bytes. */
final class LinkKey {

    private static final int BYTES = 32;

    private final byte[] bytes;

    LinkKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    static LinkKey random() {
        return new LinkKey(randomBytes());
    }

    /** 64 hexadecimal digits that nobody knows. */
    static String padding() {
        return HexFormat.of().formatHex(randomBytes());
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** HMAC-SHA256 of the message in hexadecimal digits. */
    String proof(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Whether the proof is that of the message, in a time that does not tell where it differs. */
    boolean proves(String message, String proof) {
        return MessageDigest.isEqual(
                proof(message).getBytes(StandardCharsets.US_ASCII), proof.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

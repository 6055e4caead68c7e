package io.flamenco.mongo.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677): client and server prove to each other that they know the password,
 * without sending it.
 */
final class Scram {
    /** The least that MongoDB's drivers accept; the password is random, so more would protect nothing. */
    private static final int ITERATIONS = 4096;

    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 24;
    private static final Pattern FIRST = Pattern.compile("n,,(n=([^,]*),r=([!-+\\--~]{1,256}))");
    private static final Pattern FINAL = Pattern.compile("(c=biws,r=([!-+\\--~]{1,512})),p=([A-Za-z0-9+/=]{1,64})");

    private final SecureRandom random = new SecureRandom();
    private final byte[] salt = new byte[SALT_BYTES];
    private final byte[] storedKey;
    private final byte[] serverKey;

    Scram(Password password) {
        random.nextBytes(salt);
        try {
            var spec = new PBEKeySpec(password.text().toCharArray(), salt, ITERATIONS, 256);
            var salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            storedKey = sha256(hmac(salted, "Client Key"));
            serverKey = hmac(salted, "Server Key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    /** One login under way: what both sides said so far. */
    record Exchange(String clientFirst, String challenge, String nonce) {}

    /** Answers the client's first message; empty when it is malformed or names another user. */
    Optional<Exchange> begin(byte[] message) {
        var first = FIRST.matcher(text(message));
        if (!first.matches() || !Password.USER.equals(first.group(2))) {
            return Optional.empty();
        }
        var own = new byte[NONCE_BYTES];
        random.nextBytes(own);
        var nonce = first.group(3) + base64(own);
        var challenge = "r=" + nonce + ",s=" + base64(salt) + ",i=" + ITERATIONS;
        return Optional.of(new Exchange(first.group(1), challenge, nonce));
    }

    /** Answers the client's proof with the server's; empty when the proof is wrong. */
    Optional<String> finish(Exchange exchange, byte[] message) {
        var last = FINAL.matcher(text(message));
        if (!last.matches() || !last.group(2).equals(exchange.nonce())) {
            return Optional.empty();
        }
        var signed = exchange.clientFirst() + "," + exchange.challenge() + "," + last.group(1);
        try {
            var proof = Base64.getDecoder().decode(last.group(3));
            return proves(proof, signed) ? Optional.of("v=" + base64(hmac(serverKey, signed))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }

    private boolean proves(byte[] proof, String signed) throws GeneralSecurityException {
        var signature = hmac(storedKey, signed);
        if (proof.length != signature.length) {
            return false;
        }
        var clientKey = new byte[proof.length];
        for (int at = 0; at < proof.length; at++) {
            clientKey[at] = (byte) (proof[at] ^ signature[at]);
        }
        return MessageDigest.isEqual(sha256(clientKey), storedKey);
    }

    private static byte[] hmac(byte[] key, String message) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(message);
    }

    private static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

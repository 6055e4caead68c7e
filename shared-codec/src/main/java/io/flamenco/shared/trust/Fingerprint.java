package io.flamenco.shared.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What people compare to recognise the other side: the SHA-256 digest of a certificate's public key, which stays the same
 * when the certificate is renewed. The digest of the whole certificate, which browsers and openssl show, {@link #fits} too.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record Fingerprint(String hex) {

    private static final int SHA_256_BYTES = 32;

    /**
     * A fingerprint as people write it, with or without colons.
     *
     * @throws IllegalArgumentException when it is no SHA-256 digest
     */
    public static Fingerprint parse(String written) {
        String digits = written.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        if (HexFormat.of().parseHex(digits).length != SHA_256_BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 64 hexadecimal digits");
        }
        return new Fingerprint(digits);
    }

    /** That of the certificate's public key. */
    public static Fingerprint of(X509Certificate certificate) {
        return of(certificate.getPublicKey());
    }

    /** That of a public key. */
    public static Fingerprint of(PublicKey key) {
        return digest(key.getEncoded());
    }

    /** Whether it is that of the certificate's public key, or of the whole certificate. */
    public boolean fits(X509Certificate certificate) {
        try {
            return equals(of(certificate)) || equals(digest(certificate.getEncoded()));
        } catch (CertificateEncodingException unreadable) {
            return false;
        }
    }

    private static Fingerprint digest(byte[] bytes) {
        try {
            return new Fingerprint(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** With colons, as people compare it. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(HexFormat.of().parseHex(hex));
    }
}

package io.flamenco.worker.manager;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * By what a Worker recognises its Manager over HTTPS.
 *
 * @param fingerprint the SHA-256 digest of the one certificate that is accepted, whoever signed it, as 64 hexadecimal digits
 *     in lower case; empty to trust authorities
 * @param authorities a PEM file of the authorities that are trusted; empty for those that Java knows
 */
public record ManagerTrust(Optional<String> fingerprint, Optional<Path> authorities) {

    private static final int SHA_256_BYTES = 32;

    /** Trusts the authorities that Java knows. */
    public static ManagerTrust usual() {
        return new ManagerTrust(Optional.empty(), Optional.empty());
    }

    /**
     * The digits of a fingerprint that people wrote, with or without colons.
     *
     * @throws IllegalArgumentException when it is no SHA-256 digest
     */
    public static String fingerprint(String written) {
        String digits = written.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
        if (HexFormat.of().parseHex(digits).length != SHA_256_BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has 64 hexadecimal digits");
        }
        return digits;
    }
}

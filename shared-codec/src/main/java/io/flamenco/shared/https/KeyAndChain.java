package io.flamenco.shared.https;

import io.flamenco.shared.trust.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A private key and the certificates that say whose it is.
 *
 * @param chain the role's own certificate first; at least one
 */
public record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {

    public KeyAndChain {
        chain = List.copyOf(chain);
    }

    /** The role's own certificate. */
    public X509Certificate own() {
        return chain.getFirst();
    }

    /** What others recognise it by. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(own());
    }

    /** The host names and addresses for which it counts. */
    public Set<String> names() {
        try {
            Collection<List<?>> names = own().getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
        } catch (CertificateParsingException damaged) {
            return Set.of();
        }
    }

    /** When nobody accepts it any more. */
    public Instant expires() {
        return own().getNotAfter().toInstant();
    }

    /** Whether less than a third of its life is left: 30 days of the usual 90. */
    public boolean dueAt(Instant now) {
        Duration life = Duration.between(own().getNotBefore().toInstant(), expires());
        return now.isAfter(expires().minus(life.dividedBy(3)));
    }

    /** Whether the certificate is of this key. */
    public boolean belongTogether() {
        try {
            byte[] proof = "whose key is this?".getBytes(StandardCharsets.UTF_8);
            Signature signing = Signature.getInstance(algorithm());
            signing.initSign(key);
            signing.update(proof);
            PublicKey certified = own().getPublicKey();
            Signature checking = Signature.getInstance(algorithm());
            checking.initVerify(certified);
            checking.update(proof);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException different) {
            return false;
        }
    }

    private String algorithm() {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "KeyAndChain[" + own().getSubjectX500Principal() + ", expires=" + expires() + "]";
    }
}

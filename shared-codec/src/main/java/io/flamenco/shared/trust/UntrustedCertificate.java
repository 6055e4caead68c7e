package io.flamenco.shared.trust;

import java.security.cert.CertificateException;
import java.util.Optional;

/** A certificate that was not accepted; the message says why, and what to do, as the end of a sentence. */
public final class UntrustedCertificate extends CertificateException {

    private static final long serialVersionUID = 1;

    private final transient Fingerprint shown;

    UntrustedCertificate(String sentence, Fingerprint shown) {
        super(sentence);
        this.shown = shown;
    }

    /** That of the key that the other side showed. */
    public Fingerprint shown() {
        return shown;
    }

    /** The one among the causes of a failure, which says nothing of it itself; empty when the reason is another one. */
    public static Optional<UntrustedCertificate> among(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UntrustedCertificate untrusted) {
                return Optional.of(untrusted);
            }
        }
        return Optional.empty();
    }

    /** Why a call failed: what is wrong with the certificate, or else what the failure says. */
    public static String reason(Throwable failure) {
        return among(failure).map(Throwable::getMessage).orElseGet(() -> String.valueOf(failure.getMessage()));
    }
}

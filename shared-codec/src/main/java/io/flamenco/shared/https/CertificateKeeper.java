package io.flamenco.shared.https;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Gets a role's certificate and its successors from one {@link CertificateSource}. Blocks. */
public interface CertificateKeeper {

    /**
     * The certificate to begin with.
     *
     * @throws IOException when there is none; a sentence that says what to do
     */
    KeyAndChain first(Instant now) throws IOException;

    /**
     * A newer certificate than the one that was got last; empty when that is still the right one.
     *
     * @throws IOException when a newer one is due and can't be had; a sentence that says what to do
     */
    Optional<KeyAndChain> newer(Instant now) throws IOException;

    /** How often to look for a newer one. */
    Duration period();
}

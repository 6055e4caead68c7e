package io.flamenco.shared.https;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a role's certificate comes from. */
public sealed interface CertificateSource {

    /** Files that somebody else looks after; the chain begins with the role's own certificate. */
    record OwnFiles(Path chain, Path key) implements CertificateSource {}

    /**
     * The role makes it and signs it itself.
     *
     * @param names host names and addresses by which the role is called, beside those that the machine has
     */
    record SelfSigned(List<String> names) implements CertificateSource {
        public SelfSigned {
            names = List.copyOf(names);
        }
    }

    /**
     * An authority that speaks ACME, such as Let's Encrypt.
     *
     * @param domain the one host name in the certificate
     * @param directory the authority's
     * @param email to which the authority may write
     */
    record Acme(String domain, URI directory, Optional<String> email) implements CertificateSource {}
}

package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.CertificateKeeper;
import io.flamenco.shared.https.CertificateSource;
import io.flamenco.shared.https.Challenges;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.trust.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Who keeps which certificates of a role. */
public final class Keepers {

    private Keepers() {}

    /**
     * The keeper for certificates from that source.
     *
     * @param directory of the role
     * @param challenges where an authority's questions are answered
     */
    public static CertificateKeeper of(
            CertificateSource source, Listening listening, Path directory, Challenges challenges) {
        return switch (source) {
            case CertificateSource.OwnFiles files -> new OwnFilesKeeper(files);
            case CertificateSource.SelfSigned own ->
                new SelfSignedKeeper(selfSigned(directory), () -> MachineNames.of(listening, own.names()));
            case CertificateSource.Acme acme -> new AcmeKeeper(acme, challenges, directory.resolve("tls"));
        };
    }

    /**
     * By what others recognise a role that has a self-signed certificate; made when there is none yet.
     *
     * @param directory of the role
     * @return empty when the role has no such certificate
     * @throws IOException when the key can't be read
     */
    public static Optional<Fingerprint> pin(Listening listening, Path directory) throws IOException {
        return listening
                        .certificate()
                        .filter(CertificateSource.SelfSigned.class::isInstance)
                        .isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Fingerprint.of(KeyFile.readOrMake(selfSigned(directory).resolve("key.pem"))
                                .getPublic()));
    }

    /**
     * By what a role on this machine is recognised now, whatever its certificate is; for those who may read its files.
     *
     * @param directory of the role
     * @return empty when it speaks plain HTTP
     * @throws IOException when a file can't be read
     */
    public static Optional<Fingerprint> inUse(Listening listening, Path directory, Instant now) throws IOException {
        return listening.certificate().isEmpty()
                ? Optional.empty()
                : Optional.of(of(listening.certificate().get(), listening, directory, new Challenges())
                        .first(now)
                        .fingerprint());
    }

    private static Path selfSigned(Path directory) {
        return directory.resolve("tls").resolve("self-signed");
    }
}

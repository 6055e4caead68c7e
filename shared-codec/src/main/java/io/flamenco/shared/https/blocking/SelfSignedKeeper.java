package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.CertificateKeeper;
import io.flamenco.shared.https.KeyAndChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes certificates that only their own key vouches for. The key stays the same for ever, and with it the fingerprint; the
 * certificate is made anew when it is soon to expire, or when the machine has a name or an address that is not in it.
 */
final class SelfSignedKeeper implements CertificateKeeper {

    private static final Duration LASTS = Duration.ofDays(365);
    private static final Duration PERIOD = Duration.ofHours(6);

    private final Path directory;
    private final Supplier<List<String>> names;

    /**
     * @param directory where certificate and key are kept
     * @param names the host names and addresses of now, the most telling first
     */
    SelfSignedKeeper(Path directory, Supplier<List<String>> names) {
        this.directory = directory;
        this.names = names;
    }

    @Override
    public KeyAndChain first(Instant now) throws IOException {
        Optional<KeyAndChain> kept = kept();
        return kept.isPresent() && !outdated(kept.get(), now) ? kept.get() : make(now);
    }

    @Override
    public Optional<KeyAndChain> newer(Instant now) throws IOException {
        Optional<KeyAndChain> kept = kept();
        return kept.isPresent() && !outdated(kept.get(), now) ? Optional.empty() : Optional.of(make(now));
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    private Optional<KeyAndChain> kept() throws IOException {
        return Files.exists(certificate()) && Files.exists(key())
                ? Optional.of(PemFiles.read(certificate(), key()))
                : Optional.empty();
    }

    private KeyAndChain make(Instant now) throws IOException {
        KeyAndChain made = CertificateMaking.selfSigned(KeyFile.readOrMake(key()), names.get(), now, LASTS);
        PemFiles.write(certificate(), made.chain());
        return made;
    }

    private boolean outdated(KeyAndChain certificate, Instant now) {
        return certificate.dueAt(now) || !certificate.names().containsAll(names.get());
    }

    private Path certificate() {
        return directory.resolve("certificate.pem");
    }

    private Path key() {
        return directory.resolve("key.pem");
    }
}

package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.CertificateKeeper;
import io.flamenco.shared.https.CertificateSource.OwnFiles;
import io.flamenco.shared.https.KeyAndChain;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Takes over files that somebody else looks after, when they change. What is broken is complained of once. */
final class OwnFilesKeeper implements CertificateKeeper {

    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final OwnFiles files;
    private String seen = "";

    OwnFilesKeeper(OwnFiles files) {
        this.files = files;
    }

    /** One that has expired is better than none: a farm that was off for long still starts. */
    @Override
    public KeyAndChain first(Instant now) throws IOException {
        return changed().orElseThrow();
    }

    @Override
    public Optional<KeyAndChain> newer(Instant now) throws IOException {
        Optional<KeyAndChain> changed = changed();
        if (changed.isPresent() && changed.get().expires().isBefore(now)) {
            throw new IOException("The certificate " + files.chain() + " expired at "
                    + changed.get().expires() + "; put a valid one there.");
        }
        return changed;
    }

    private Optional<KeyAndChain> changed() throws IOException {
        String chain = PemFiles.text(files.chain());
        String key = PemFiles.text(files.key());
        if (seen.equals(chain + key)) {
            return Optional.empty();
        }
        seen = chain + key;
        return Optional.of(PemFiles.parse(files.chain(), chain, files.key(), key));
    }

    @Override
    public Duration period() {
        return PERIOD;
    }
}

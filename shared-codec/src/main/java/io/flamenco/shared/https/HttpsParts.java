package io.flamenco.shared.https;

import io.flamenco.shared.https.blocking.Keepers;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.VerticleSettings;
import io.flamenco.shared.time.VertxTimers;
import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntSupplier;

/** What a role needs to speak HTTPS; nothing when it speaks plain HTTP. */
public final class HttpsParts {

    private final Listening listening;
    private final ShownCertificate shown = new ShownCertificate();
    private final Challenges challenges = new Challenges();

    public HttpsParts(Listening listening) {
        this.listening = listening;
    }

    /** How the role's own listeners are encrypted. */
    public Encryption encryption() {
        return listening.certificate().isEmpty() ? Encryption.none() : Encryption.with(shown, listening.hsts());
    }

    /** By what others recognise a role for which no authority vouches; known once it has started. */
    public Optional<Fingerprint> pin() {
        return listening
                .certificate()
                .filter(CertificateSource.SelfSigned.class::isInstance)
                .map(own -> shown.now().fingerprint());
    }

    /**
     * Adds those who look after the certificate and send callers on; they must start before the role listens.
     *
     * @param directory of the role
     * @param role names the role to people
     * @param securePort where the role listens; 0 while it does not
     */
    public void addTo(Kernel kernel, Vertx vertx, Clock clock, Path directory, String role, IntSupplier securePort) {
        listening.certificate().ifPresent(source -> {
            if (listening.redirect()) {
                kernel.add(
                        "http-redirect",
                        VerticleSettings.on(1),
                        () -> new RedirectVerticle(
                                role, listening.listen(), challenges, listening.ownUrl(), securePort, port -> {}));
            }
            kernel.add(
                    "certificate",
                    VerticleSettings.on(1),
                    () -> new CertificateVerticle(
                            Keepers.of(source, listening, directory, challenges),
                            shown,
                            new VertxTimers(vertx),
                            clock));
        });
    }
}

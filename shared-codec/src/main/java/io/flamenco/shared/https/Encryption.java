package io.flamenco.shared.https;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a listener speaks TLS: versions 1.2 and 1.3 with forward secrecy and authenticated ciphers, and nothing older. */
public final class Encryption {

    private static final Set<String> VERSIONS = new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2"));
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** Half a year. */
    private static final String NEVER_PLAIN = "max-age=15768000";

    private final Optional<ShownCertificate> certificate;
    private final boolean hsts;

    private Encryption(Optional<ShownCertificate> certificate, boolean hsts) {
        this.certificate = certificate;
        this.hsts = hsts;
    }

    /** Plain HTTP. */
    public static Encryption none() {
        return new Encryption(Optional.empty(), false);
    }

    /**
     * HTTPS.
     *
     * @param hsts whether browsers are told never to use plain HTTP with this host again
     */
    public static Encryption with(ShownCertificate certificate, boolean hsts) {
        return new Encryption(Optional.of(certificate), hsts);
    }

    /** The options with what encryption takes; as they were without it. */
    public <O extends NetServerOptions> O on(O options) {
        certificate.ifPresent(shown -> {
            options.setSsl(true)
                    .setKeyCertOptions(KeyCertOptions.wrap(shown))
                    .setEnabledSecureTransportProtocols(VERSIONS);
            CIPHERS.forEach(options::addEnabledCipherSuite);
        });
        return options;
    }

    /** Answers as {@code handler} does, with the header by which browsers remember to use HTTPS. */
    public Handler<HttpServerRequest> remembered(Handler<HttpServerRequest> handler) {
        return !hsts
                ? handler
                : request -> {
                    request.response().putHeader("Strict-Transport-Security", NEVER_PLAIN);
                    handler.handle(request);
                };
    }
}

package io.flamenco.shared.https;

import io.flamenco.shared.config.Settings;
import io.flamenco.shared.http.ListenAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Where a role can be reached, and whether by HTTPS.
 *
 * @param listen for plain HTTP; with a certificate, only to send callers on
 * @param listenHttps used with a certificate
 * @param ownUrl the URL that others are told; absent to have it found out
 * @param certificate what HTTPS is spoken with; absent for plain HTTP
 * @param redirect whether callers by plain HTTP are sent on when there is a certificate
 * @param hsts whether browsers are told never to use plain HTTP with this host again
 */
public record Listening(
        ListenAddress listen,
        ListenAddress listenHttps,
        Optional<URI> ownUrl,
        Optional<CertificateSource> certificate,
        boolean redirect,
        boolean hsts) {

    /** The settings that decide all this. */
    public static final Set<String> SETTINGS = Set.of(
            "listen",
            "listen_https",
            "own_url",
            "http_redirect",
            "hsts",
            "tls",
            "tls_names",
            "tlscert",
            "tlskey",
            "acme_domain_name",
            "acme_directory",
            "acme_email");

    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "");

    /**
     * Reads the settings.
     *
     * @param listen where to listen unless the settings say so
     * @param listenHttps the same with a certificate
     */
    public static Listening read(Settings settings, String listen, String listenHttps) {
        return new ListeningSettings(settings).read(listen, listenHttps);
    }

    /** Plain HTTP at that address. */
    public static Listening plain(ListenAddress listen) {
        return new Listening(listen, listen, Optional.empty(), Optional.empty(), false, false);
    }

    /** Where the role itself listens. */
    public ListenAddress address() {
        return certificate.isPresent() ? listenHttps : listen;
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return certificate.isPresent() ? "https" : "http";
    }

    /**
     * The URL that leads here from this machine.
     *
     * @param port on which the role listens
     */
    public URI local(int port) {
        String host = address().host();
        String name = EVERYWHERE.contains(host) ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create(scheme() + "://" + name + ":" + port + "/");
    }

    /** Whether that host stands for all addresses of this machine. */
    public static boolean isEverywhere(String host) {
        return EVERYWHERE.contains(host);
    }
}

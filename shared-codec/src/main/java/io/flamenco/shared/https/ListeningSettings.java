package io.flamenco.shared.https;

import io.flamenco.shared.config.Settings;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.https.CertificateSource.Acme;
import io.flamenco.shared.https.CertificateSource.OwnFiles;
import io.flamenco.shared.https.CertificateSource.SelfSigned;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes {@link Listening} out of a role's settings; the names that the original has are its own. */
record ListeningSettings(Settings settings) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final String LETS_ENCRYPT = "letsencrypt";
    private static final URI PRODUCTION = URI.create("https://acme-v02.api.letsencrypt.org/directory");
    private static final URI STAGING = URI.create("https://acme-staging-v02.api.letsencrypt.org/directory");

    /** What an authority can call back: a name with a dot, as the DNS has them. */
    private static final Pattern DOMAIN = Pattern.compile(
            "(?i)(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+" + "[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    Listening read(String listen, String listenHttps) {
        Optional<CertificateSource> certificate = certificate();
        ListenAddress http = address("listen", listen);
        ListenAddress https = address("listen_https", listenHttps);
        boolean redirect = settings.yes("http_redirect", true) && (https.port() == 0 || !https.equals(http));
        Optional<Acme> acme = certificate.filter(Acme.class::isInstance).map(Acme.class::cast);
        if (acme.isPresent() && !redirect) {
            settings.problem(
                    "http_redirect",
                    "must be true, and listen differ from listen_https: the authority asks back by plain HTTP");
        }
        Optional<URI> ownUrl = settings.url("own_url")
                .map(url -> certificate.isEmpty() ? url : secure(url, http.port(), https.port()))
                .or(() -> acme.map(source -> ofDomain(source.domain(), http.port(), https.port())));
        boolean trusted =
                acme.filter(source -> !source.directory().equals(STAGING)).isPresent();
        return new Listening(http, https, ownUrl, certificate, redirect, settings.yes("hsts", trusted));
    }

    private Optional<CertificateSource> certificate() {
        Optional<CertificateSource> files = ownFiles();
        Optional<CertificateSource> acme = acme();
        Optional<CertificateSource> selfSigned = selfSigned();
        if (files.isPresent() && selfSigned.isPresent()) {
            settings.problem("tls", "must be left out: tlscert and tlskey name a certificate already");
        } else if (acme.isPresent() && selfSigned.isPresent()) {
            settings.problem("tls", "must be left out: acme_domain_name asks for a certificate already");
        }
        return files.or(() -> acme).or(() -> selfSigned);
    }

    private Optional<CertificateSource> ownFiles() {
        Optional<String> key = settings.text("tlskey");
        Optional<String> chain = settings.text("tlscert");
        if (key.isPresent() != chain.isPresent()) {
            settings.problem(key.isPresent() ? "tlscert" : "tlskey", "must be given as well: HTTPS takes both");
        }
        return key.flatMap(file -> chain.map(other -> new OwnFiles(Path.of(other), Path.of(file))));
    }

    private Optional<CertificateSource> selfSigned() {
        List<String> names = settings.texts("tls_names", List.of());
        String tls = settings.choice("tls", "", List.of("", "self-signed"));
        return tls.isEmpty() ? Optional.empty() : Optional.of(new SelfSigned(names));
    }

    private Optional<CertificateSource> acme() {
        Optional<String> domain = settings.text("acme_domain_name");
        URI directory = directory(settings.text("acme_directory", LETS_ENCRYPT));
        Optional<String> email = settings.text("acme_email");
        Optional<String> reachable = domain.filter(name -> DOMAIN.matcher(name).matches());
        if (domain.isPresent() && reachable.isEmpty()) {
            settings.problem(
                    "acme_domain_name",
                    "must be a host name that the authority can reach, such as farm.studio.example, not \""
                            + domain.get() + "\"");
        }
        return reachable.map(name -> new Acme(name, directory, email));
    }

    private URI directory(String written) {
        return switch (written) {
            case LETS_ENCRYPT -> PRODUCTION;
            case LETS_ENCRYPT + "-staging" -> STAGING;
            default -> settings.url("acme_directory").orElse(PRODUCTION);
        };
    }

    private ListenAddress address(String key, String absent) {
        String text = settings.text(key, absent);
        Optional<ListenAddress> address = ListenAddress.parse(text.isBlank() ? absent : text);
        if (address.isEmpty()) {
            settings.problem(key, "must be an address such as :8080 or 127.0.0.1:8080, not \"" + text + "\"");
        }
        return address.orElse(new ListenAddress("0.0.0.0", 0));
    }

    /** The original goes over to https by itself, too; a port that now only sends callers on is replaced. */
    private static URI secure(URI url, int plainPort, int securePort) {
        if (!"http".equals(url.getScheme())) {
            return url;
        }
        String text = url.toString().replaceFirst("^http:", "https:");
        return URI.create(
                url.getPort() == plainPort ? text.replaceFirst(":" + plainPort + "(?=/|$)", ":" + securePort) : text);
    }

    /**
     * Where a role with a certificate of an authority is reached. The authority asks at port 80; who listens elsewhere has the
     * usual ports forwarded to it, so it is reached at the usual one.
     */
    private static URI ofDomain(String domain, int plainPort, int securePort) {
        boolean direct = plainPort == HTTP_PORT && securePort != HTTPS_PORT;
        return URI.create("https://" + domain + (direct ? ":" + securePort : "") + "/");
    }
}

package io.flamenco.worker.manager;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Accepts the Manager's certificate or says in a sentence why not, with its fingerprint. */
final class CertificateCheck implements X509TrustManager {

    private final Optional<String> fingerprint;
    private final X509TrustManager authorities;

    private CertificateCheck(Optional<String> fingerprint, X509TrustManager authorities) {
        this.fingerprint = fingerprint;
        this.authorities = authorities;
    }

    /**
     * The check that this trust asks for. Reads a file.
     *
     * @throws IllegalArgumentException when the file of authorities cannot be read
     */
    static CertificateCheck of(ManagerTrust trust) {
        try {
            return new CertificateCheck(trust.fingerprint(), authorities(trust.authorities()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("The Manager's certificates "
                    + trust.authorities().map(Path::toString).orElse("that Java knows") + " cannot be read (" + e
                    + "). manager_certificates must name a PEM file.");
        }
    }

    private static X509TrustManager authorities(Optional<Path> file) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(file.isPresent() ? store(file.get()) : null);
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new CertificateException("this Java checks no certificates"));
    }

    private static @Nullable KeyStore store(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new CertificateException("there is no certificate in it");
            }
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        }
        return store;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        String shown = shown(chain[0]);
        if (fingerprint.isPresent()) {
            if (!fingerprint.get().equals(shown.replace(":", ""))) {
                throw new CertificateException("its certificate has the fingerprint " + shown
                        + ", which is not manager_fingerprint; somebody may be posing as the Manager, or its"
                        + " certificate is a new one");
            }
            return;
        }
        try {
            authorities.checkServerTrusted(chain, kind);
        } catch (CertificateException e) {
            throw new CertificateException(
                    "its certificate is not trusted (" + e.getMessage()
                            + "); if the Manager itself shows the fingerprint " + shown
                            + ", set manager_fingerprint to that",
                    e);
        }
    }

    private static String shown(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw new CertificateException("a Worker has no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}

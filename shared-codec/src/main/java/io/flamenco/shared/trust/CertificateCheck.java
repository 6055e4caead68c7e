package io.flamenco.shared.trust;

import io.flamenco.shared.kernel.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a peer's certificate or says in a sentence why not. A fingerprint decides alone, whatever names and dates are in the
 * certificate; without one, an authority must vouch for it and for the name by which the peer was called.
 */
public final class CertificateCheck extends X509ExtendedTrustManager {

    private final PeerTrust trust;
    private final X509ExtendedTrustManager authorities;

    private CertificateCheck(PeerTrust trust, X509ExtendedTrustManager authorities) {
        this.trust = trust;
        this.authorities = authorities;
    }

    /**
     * The check that this trust asks for. Reads a file.
     *
     * @throws StartFailure when the file of authorities cannot be read
     */
    public static CertificateCheck of(PeerTrust trust) {
        try {
            return new CertificateCheck(trust, authorities(trust));
        } catch (GeneralSecurityException | IOException e) {
            throw new StartFailure("The " + trust.peer().name() + "'s certificates "
                    + trust.authorities().map(Path::toString).orElse("that Java knows") + " cannot be read (" + e
                    + "). " + trust.peer().authorities() + " must name a PEM file.");
        }
    }

    /** For clients that want it so. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static X509ExtendedTrustManager authorities(PeerTrust trust) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trust.authorities().isPresent() ? store(trust.authorities().get()) : null);
        return Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
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

    /** Asks the authorities, in one of the ways in which they can be asked. */
    private interface Vouching {
        void check() throws CertificateException;
    }

    private void check(X509Certificate leaf, Vouching vouching) throws UntrustedCertificate {
        if (trust.fingerprint().isPresent()) {
            checkFingerprint(trust.fingerprint().get(), leaf);
            return;
        }
        try {
            vouching.check();
        } catch (CertificateException e) {
            Fingerprint shown = Fingerprint.of(leaf);
            throw new UntrustedCertificate(
                    "its certificate is not trusted (" + e.getMessage() + "); if the "
                            + trust.peer().name() + " itself shows the fingerprint " + shown + ", set "
                            + trust.peer().fingerprint() + " to that",
                    shown);
        }
    }

    private void checkFingerprint(Fingerprint wanted, X509Certificate leaf) throws UntrustedCertificate {
        if (!wanted.fits(leaf)) {
            Fingerprint shown = Fingerprint.of(leaf);
            throw new UntrustedCertificate(
                    "its certificate has the fingerprint " + shown + ", but "
                            + trust.peer().fingerprint() + " is " + wanted + "; somebody may be posing as the "
                            + trust.peer().name()
                            + ". If it has a new key, and shows this fingerprint at its start, set "
                            + trust.peer().fingerprint() + " to that",
                    shown);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain[0], () -> authorities.checkServerTrusted(chain, kind, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, @Nullable Socket socket)
            throws CertificateException {
        check(chain[0], () -> authorities.checkServerTrusted(chain, kind, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        check(chain[0], () -> authorities.checkServerTrusted(chain, kind));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, @Nullable Socket socket)
            throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, @Nullable SSLEngine engine)
            throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw noClients();
    }

    private static CertificateException noClients() {
        return new CertificateException("clients show no certificates here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}

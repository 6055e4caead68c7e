package io.flamenco.shared.https;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that is shown to whoever connects next. All listeners of a role ask it at each handshake, so a new certificate
 * counts for all of them at once, and connections that are open go on. Safe to use from any thread.
 */
public final class ShownCertificate extends X509ExtendedKeyManager {

    /** The newest last; the one before is still asked for by handshakes that have begun with it. */
    private volatile List<Named> shown = List.of();

    private record Named(String alias, KeyAndChain certificate) {}

    /** Shows that certificate from now on. */
    public synchronized void show(KeyAndChain certificate) {
        Named newest = new Named("certificate-" + System.identityHashCode(certificate), certificate);
        shown = Stream.concat(shown.stream().skip(Math.max(0, shown.size() - 1L)), Stream.of(newest))
                .toList();
    }

    /**
     * The certificate that is shown now.
     *
     * @throws IllegalStateException before the first one is shown
     */
    public KeyAndChain now() {
        return newest().certificate();
    }

    private Named newest() {
        List<Named> known = shown;
        if (known.isEmpty()) {
            throw new IllegalStateException("there is no certificate yet");
        }
        return known.getLast();
    }

    private @Nullable KeyAndChain named(String alias) {
        return shown.stream()
                .filter(known -> known.alias().equals(alias))
                .map(Named::certificate)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String alias(String kindOfKey) {
        Named newest = newest();
        return kindOfKey.equals(newest.certificate().key().getAlgorithm()) ? newest.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String kindOfKey, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(kindOfKey);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String kindOfKey, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(kindOfKey);
    }

    @Override
    public String[] getServerAliases(String kindOfKey, Principal @Nullable [] issuers) {
        return Stream.ofNullable(alias(kindOfKey)).toArray(String[]::new);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        KeyAndChain known = named(alias);
        return known == null ? null : known.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        KeyAndChain known = named(alias);
        return known == null ? null : known.key();
    }

    @Override
    public String @Nullable [] getClientAliases(String kindOfKey, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] kindsOfKey, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String toString() {
        return "ShownCertificate[" + Objects.requireNonNullElse(shown.isEmpty() ? null : now(), "none") + "]";
    }
}

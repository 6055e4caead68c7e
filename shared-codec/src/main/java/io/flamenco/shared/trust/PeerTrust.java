package io.flamenco.shared.trust;

import io.flamenco.shared.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * By what a peer is recognised over HTTPS.
 *
 * @param peer the other side
 * @param fingerprint of the one key or certificate that is accepted, whoever signed it; empty to trust authorities
 * @param authorities a PEM file of the authorities that are trusted; empty for those that Java knows
 */
public record PeerTrust(Peer peer, Optional<Fingerprint> fingerprint, Optional<Path> authorities) {

    /**
     * The other side, and what people call what it is recognised by.
     *
     * @param name such as {@code Manager}
     * @param fingerprint the setting or option with its fingerprint
     * @param authorities the setting or option with the file of authorities
     */
    public record Peer(String name, String fingerprint, String authorities) {

        /** A peer whose settings begin with a word, such as {@code manager_fingerprint}. */
        public static Peer ofSettings(String name, String prefix) {
            return new Peer(name, prefix + "_fingerprint", prefix + "_certificates");
        }
    }

    /** Trusts the authorities that Java knows. */
    public static PeerTrust usual(Peer peer) {
        return new PeerTrust(peer, Optional.empty(), Optional.empty());
    }

    /**
     * The trust that people wrote down.
     *
     * @param fingerprint blank for none
     * @throws IllegalArgumentException when the fingerprint is none; says so in a sentence
     */
    public static PeerTrust written(Peer peer, String fingerprint, Optional<Path> authorities) {
        try {
            Optional<Fingerprint> pin =
                    Optional.of(fingerprint).filter(text -> !text.isBlank()).map(Fingerprint::parse);
            return new PeerTrust(peer, pin, authorities);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(peer.fingerprint() + " " + demand(peer, fingerprint), e);
        }
    }

    /** Reads the two settings of a peer. */
    public static PeerTrust read(Settings settings, Peer peer) {
        String written = settings.text(peer.fingerprint(), "");
        Optional<Path> authorities = settings.text(peer.authorities()).map(Path::of);
        try {
            return written(peer, written, authorities);
        } catch (IllegalArgumentException e) {
            settings.problem(peer.fingerprint(), demand(peer, written));
            return new PeerTrust(peer, Optional.empty(), authorities);
        }
    }

    private static String demand(Peer peer, String written) {
        return "must be the SHA-256 fingerprint that the " + peer.name()
                + " shows at its start, 64 hexadecimal digits, not \"" + written + "\"";
    }

    /** The same, and accepts that key alone. */
    public PeerTrust pinned(Fingerprint only) {
        return new PeerTrust(peer, Optional.of(only), authorities);
    }
}

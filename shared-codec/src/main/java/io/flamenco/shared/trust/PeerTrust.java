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

    /** Reads the two settings of a peer. */
    public static PeerTrust read(Settings settings, Peer peer) {
        return new PeerTrust(
                peer,
                settings.text(peer.fingerprint()).flatMap(written -> fingerprint(settings, peer, written)),
                settings.text(peer.authorities()).map(Path::of));
    }

    /** The same, and accepts that key alone. */
    public PeerTrust pinned(Fingerprint only) {
        return new PeerTrust(peer, Optional.of(only), authorities);
    }

    private static Optional<Fingerprint> fingerprint(Settings settings, Peer peer, String written) {
        try {
            return Optional.of(Fingerprint.parse(written));
        } catch (IllegalArgumentException e) {
            settings.problem(
                    peer.fingerprint(),
                    "must be the SHA-256 fingerprint that the " + peer.name()
                            + " shows at its start, 64 hexadecimal digits, not \"" + written + "\"");
            return Optional.empty();
        }
    }
}

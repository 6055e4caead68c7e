/**
 * How one part of a farm recognises another one over HTTPS.
 *
 * <p>It decides whether a certificate is that of the peer: by the fingerprint that people have compared, or because an
 * authority vouches for it, one that Java knows or one of the studio's own. It says in a sentence why not. It stores
 * nothing; fingerprints stand in the settings.
 */
@NullMarked
package io.flamenco.shared.trust;

import org.jspecify.annotations.NullMarked;
